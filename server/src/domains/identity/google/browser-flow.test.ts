import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient } from '../test-support.ts'
import {
  CALLBACK,
  createGoogleClient,
  type Issuer,
  issuerEnvironment,
  newBrowser,
  SITE,
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
const sessions = async () => (await app.db.selectFrom('identity.sessions').select('id').execute()).length

test('the browser flow makes a verified user at the first sign-in and finds him at the next', async () => {
  const email = client.newEmail()
  const first = await google.visit(email)
  expect(`${first.page.origin}${first.page.pathname}`).toBe(`${SITE}/callback`)
  expect(Object.fromEntries(first.page.searchParams)).toEqual({
    code: first.code,
    state: first.state,
    account_type: 'user',
    client_type: 'user',
  })
  const { status, body } = await google.login({ code: first.code, state: first.state }, first.cookie)
  expect(status).toBe(200)
  expect(body.user).toMatchObject({
    email,
    name: 'Aida Omarova',
    email_verified: true,
    free_generations_left: 3,
    free_try_ons_left: 5,
    role: 'user',
  })
  expect(decodeJwt(String(body.access_token)).amr).toEqual(['google'])
  const second = await google.visit(email)
  const again = await google.login({ code: second.code, state: second.state }, second.cookie)
  expect(again.body.user).toMatchObject({ id: (body.user as { id: number }).id })
  expect(await accountsOf(email)).toEqual([
    {
      id: expect.any(Number),
      google_id: expect.stringMatching(/^\d{21}$/),
      email_verified_at: expect.any(Date),
    },
  ])
})

test('the request to Google carries PKCE, nonce, random state and the scopes; the cookie is for this browser only (A-13)', async () => {
  const [one, two] = [await google.begin(), await google.begin('?account_type=shop')]
  const url = new URL(String(one.body.authorization_url))
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: CALLBACK,
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(new URL(String(two.body.authorization_url)).searchParams.get('state')).not.toBe(
    url.searchParams.get('state'),
  )
  expect(two.body).toMatchObject({ account_type: 'shop', platform: 'web' })
  expect(one.set_cookie).toMatch(/^leema-oauth=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/)
  expect((await google.begin('?account_type=admin')).status).toBe(422)
})

test('signing in as a shop makes a shop named as Google names its owner, on the same account', async () => {
  const email = client.newEmail()
  const first = await google.visit(email)
  await google.login({ code: first.code, state: first.state }, first.cookie)
  const second = await google.visit(email, '?account_type=shop')
  const { body } = await google.login(
    { code: second.code, state: second.state, account_type: 'shop' },
    second.cookie,
  )
  expect(body.shop).toMatchObject({
    email,
    shop_name: 'Aida Omarova',
    owner_name: 'Aida Omarova',
    is_approved: false,
    balance: 0,
  })
  expect(await accountsOf(email)).toHaveLength(1)
})

test('code and state work once, in the browser that began, and only together (A-13)', async () => {
  const email = client.newEmail()
  const before = await sessions()
  const one = await google.visit(email)
  expect((await google.login({ code: one.code, state: one.state })).body.code).toBe(
    'provider_credentials_invalid',
  )
  const two = await google.visit(email)
  expect((await google.login({ code: two.code, state: two.state }, 'leema-oauth=somebody-else')).status).toBe(
    401,
  )
  const [three, four] = [await google.visit(email), await google.visit(email)]
  expect((await google.login({ code: three.code, state: four.state }, four.cookie)).status).toBe(401)
  expect((await google.login({ code: three.code }, three.cookie)).status).toBe(401)
  expect((await google.login({ code: three.code, state: 'made up' }, three.cookie)).status).toBe(401)
  const wrong_type = await google.visit(email)
  expect(
    (
      await google.login(
        { code: wrong_type.code, state: wrong_type.state, account_type: 'shop' },
        wrong_type.cookie,
      )
    ).status,
  ).toBe(401)
  expect([await sessions(), await accountsOf(email)]).toEqual([before, []])
  const five = await google.visit(email)
  const both = await Promise.all([
    google.login({ code: five.code, state: five.state }, five.cookie),
    google.login({ code: five.code, state: five.state }, five.cookie),
  ])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  expect(
    (await auditOf(app)).filter((action) => action === 'identity.sign_in_failed').length,
  ).toBeGreaterThanOrEqual(6)
})

test('the callback sends nobody anywhere but to our own page, whatever is in the request (A-13)', async () => {
  const begun = await google.begin()
  const state = new URL(String(begun.body.authorization_url)).searchParams.get('state') ?? ''
  const attempts = [
    await google.callback({ code: 'x', state: 'unknown' }, begun.cookie),
    await google.callback({}, begun.cookie),
    await google.callback({ code: 'x', state }, 'leema-oauth=another-browser'),
    await google.callback({
      code: 'x',
      state: 'https://evil.example',
      redirect_uri: 'https://evil.example',
      next: '//evil.example',
    }),
    await google.callback({ error: 'https://evil.example/<script>', state: 'x' }),
  ]
  for (const { status, location } of attempts)
    expect([status, location]).toEqual([302, `${SITE}/callback?error=state_invalid`])
})

test('a refusal at the provider comes back as a word of ours', async () => {
  for (const [fields, error] of [
    [{ cancel: '1' }, 'access_denied'],
    [{ email: 'fail:server_error@example.com' }, 'provider_credentials_invalid'],
  ] as const) {
    const begun = await google.begin()
    const back = await newBrowser().signIn(begun.body.authorization_url, fields)
    expect((await google.callback(back, begun.cookie)).location).toBe(
      `${SITE}/callback?error=${error}&account_type=user`,
    )
  }
})
