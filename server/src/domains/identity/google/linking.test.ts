import { decodeJwt } from 'jose'
import * as openid from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SECOND_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, codeAt, createClient } from '../test-support.ts'
import {
  createGoogleClient,
  type Issuer,
  issuerEnvironment,
  newBrowser,
  startIssuer,
} from './google-test-support.ts'

let app: TestApp
let client: Client
let google: ReturnType<typeof createGoogleClient>
let issuer: Issuer

beforeAll(async () => {
  issuer = await startIssuer()
  app = await startTestApp({ env: issuerEnvironment(issuer) })
  client = createClient(app)
  google = createGoogleClient(app, client)
})
afterAll(async () => {
  await app.stop()
  issuer.stop()
})

const accountsOf = (email: string) =>
  app.db
    .selectFrom('identity.accounts')
    .select(['id', 'google_id', 'email_verified_at'])
    .where('email', '=', email)
    .execute()

test('an address that Google has not verified signs nobody in', async () => {
  const email = 'unverified.person@example.com'
  const { code, state, cookie } = await google.visit(email)
  const { status, body } = await google.login({ code, state }, cookie)
  expect([status, body.code, await accountsOf(email)]).toEqual([401, 'provider_credentials_invalid', []])
})

test('a verified account with the same address gets the identity attached; an unverified one is a clash (A-13)', async () => {
  const [verified, unverified] = [client.newEmail(), client.newEmail()]
  const user = await app.given.user({ email: verified })
  await client.register({ email: unverified })
  const one = await google.visit(verified)
  expect((await google.login({ code: one.code, state: one.state }, one.cookie)).body.user).toMatchObject({
    id: user.user_id,
  })
  expect((await auditOf(app)).slice(-2)).toEqual(['identity.provider_linked', 'identity.signed_in'])
  const two = await google.visit(unverified)
  expect((await google.login({ code: two.code, state: two.state }, two.cookie)).body).toMatchObject({
    status: 409,
    code: 'already_exists',
  })
  expect(await accountsOf(unverified)).toEqual([
    { id: expect.any(Number), google_id: null, email_verified_at: null },
  ])
  const foreign = client.newEmail()
  await app.given.user({ email: foreign })
  await app.db
    .updateTable('identity.accounts')
    .set({ google_id: 'another-subject' })
    .where('email', '=', foreign)
    .execute()
  const three = await google.visit(foreign)
  expect((await google.login({ code: three.code, state: three.state }, three.cookie)).status).toBe(409)
})

test('the same person entering twice for the first time at the same moment gets one account', async () => {
  const email = client.newEmail()
  const visits = [await google.visit(email), await google.visit(email)]
  const replies = await Promise.all(
    visits.map(({ code, state, cookie }) => google.login({ code, state }, cookie)),
  )
  expect(replies.map((reply) => reply.status)).toEqual([200, 200])
  expect(await accountsOf(email)).toHaveLength(1)
})

test('an account with a second factor is asked for it after Google too, and a blocked one does not enter', async () => {
  const email = client.newEmail()
  const { token } = await app.given.user({ email })
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  await client.post('/auth/2fa/enable', { code: codeAt(secret, app.clock.now()) }, { token })
  app.clock.advance(30 * SECOND_MS)
  const one = await google.visit(email)
  const { body } = await google.login({ code: one.code, state: one.state }, one.cookie)
  expect(body).toMatchObject({ two_factor_required: true, enrolment_required: false })
  const { body: entered } = await client.post('/auth/2fa/verify', {
    pre_auth_token: body.pre_auth_token,
    code: codeAt(secret, app.clock.now()),
  })
  expect(decodeJwt(String(entered.access_token)).amr).toEqual(['google', 'otp'])
  await app.db
    .updateTable('identity.accounts')
    .set({ blocked_at: app.clock.now() })
    .where('email', '=', email)
    .execute()
  const two = await google.visit(email)
  expect((await google.login({ code: two.code, state: two.state }, two.cookie)).status).toBe(401)
})

test('the phone flow ends in the app link with a one-time code and no token', async () => {
  const email = client.newEmail()
  const enter = async (query = '') => {
    const begun = await google.begin(`?platform=mobile${query}`)
    const back = await newBrowser().signIn(begun.body.authorization_url, { email })
    return (await google.callback(back)).location
  }
  const link = await enter()
  expect(link).toMatch(/^myapp:\/\/auth\?login_code=[\w-]{43}&account_type=user$/)
  const login_code = new URL(link).searchParams.get('login_code')
  const both = await Promise.all([
    client.post('/auth/exchange', { login_code }),
    client.post('/auth/exchange', { login_code }),
  ])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  expect(both.find((reply) => reply.status === 200)?.body).toMatchObject({
    platform: 'mobile',
    user: { email },
  })
  const verifier = openid.randomPKCECodeVerifier()
  const challenge = await openid.calculatePKCECodeChallenge(verifier)
  const stolen = new URL(await enter(`&code_challenge=${challenge}`)).searchParams.get('login_code')
  expect((await client.post('/auth/exchange', { login_code: stolen })).status).toBe(401)
  const own = new URL(await enter(`&code_challenge=${challenge}`)).searchParams.get('login_code')
  expect((await client.post('/auth/exchange', { login_code: own, code_verifier: verifier })).status).toBe(200)
})
