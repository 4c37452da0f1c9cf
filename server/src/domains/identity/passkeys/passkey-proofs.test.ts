import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#app/config.ts'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp, testEnvironment } from '#test/app.ts'
import type { Client } from '../test-support.ts'
import { BASE, createPasskeyClient, ORIGIN } from './passkey-test-support.ts'
import { type Circumstances, createAuthenticator } from './software-authenticator-test-support.ts'

let app: TestApp
let client: Client
let steps: ReturnType<typeof createPasskeyClient>

beforeAll(async () => {
  app = await startTestApp()
  steps = createPasskeyClient(app)
  client = steps.client
})
afterAll(() => app.stop())

type Json = Record<string, unknown>

test('signing in with it: the password alone gives no token, the passkey does', async () => {
  const { email, authenticator } = await steps.withPasskey()
  const step = (await client.login({ email })).body
  expect(step).toMatchObject({ two_factor_required: true, methods: ['passkey', 'recovery_code'] })
  expect(step.access_token).toBeUndefined()
  const { status, body } = await steps.enter(email, authenticator)
  expect(status).toBe(200)
  expect(decodeJwt(String(body.access_token)).amr).toEqual(['pwd', 'passkey'])
  expect((await client.refresh(body.refresh_token)).status).toBe(200)
  const [passkey] = (await client.get(BASE, String(body.access_token))).response.json<Json[]>()
  expect(passkey?.last_used_at).toEqual(expect.any(String))
})

test('a proof works once: the same bytes a second time are refused, also of two at the same moment', async () => {
  const { email, authenticator } = await steps.withPasskey()
  const pre_auth_token = await steps.firstStep(email)
  const proof = authenticator.prove(await steps.challengeFor(pre_auth_token))
  const both = await Promise.all([steps.verify(pre_auth_token, proof), steps.verify(pre_auth_token, proof)])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  const later = await steps.firstStep(email)
  const replayed = await steps.verify(later, proof)
  expect(replayed.status).toBe(401)
  expect(replayed.body.code).toBe('invalid_passkey')
})

test('a challenge of another sign-in, of a registration or of nobody is worth nothing', async () => {
  const { email, token, authenticator } = await steps.withPasskey()
  const [mine, other] = [await steps.firstStep(email), await steps.firstStep(email)]
  const foreign = await steps.challengeFor(other)
  expect((await steps.verify(mine, authenticator.prove(foreign))).status).toBe(401)
  app.clock.advance(MINUTE_MS)
  const of_registration = await steps.creation(token)
  expect((await steps.verify(mine, authenticator.prove(of_registration))).status).toBe(401)
  expect(
    (await steps.verify(mine, authenticator.prove({ challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }))).status,
  ).toBe(401)
})

test.each<[string, Circumstances]>([
  ['made on another site', { origin: 'https://evil.example' }],
  ['made on another port of the host', { origin: 'http://localhost:9999' }],
  ['made for another domain', { rp_id: 'evil.example' }],
  ['without the person verified', { user_verified: false }],
  ['that was made to register', { type: 'webauthn.create' }],
  ['whose counter stands still', { counter: 1 }],
  ['whose counter goes back', { counter: 0 }],
])('a proof %s is refused and opens no session', async (_what, where) => {
  const { email, authenticator } = await steps.withPasskey()
  expect((await steps.enter(email, authenticator)).status).toBe(200)
  const before = await app.db
    .selectFrom('identity.sessions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  const refused = await steps.enter(email, authenticator, where)
  expect(refused.status).toBe(401)
  expect(refused.body.code).toBe('invalid_passkey')
  const after = await app.db
    .selectFrom('identity.sessions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  expect(after).toEqual(before)
})

test('an authenticator that keeps no counter can be used again and again', async () => {
  const { email, authenticator } = await steps.withPasskey(false)
  for (let i = 0; i < 2; i += 1) expect((await steps.enter(email, authenticator)).status).toBe(200)
})

test('changed signatures, foreign keys under the right id and passkeys of somebody else prove nothing', async () => {
  const { email, authenticator } = await steps.withPasskey()
  const somebody = await steps.withPasskey()
  expect((await steps.enter(email, somebody.authenticator)).status).toBe(401)
  const pre_auth_token = await steps.firstStep(email)
  const proof = authenticator.prove(await steps.challengeFor(pre_auth_token))
  const bytes = Buffer.from(proof.response.signature, 'base64url')
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  const response = { ...proof.response, signature: bytes.toString('base64url') }
  expect((await steps.verify(pre_auth_token, { ...proof, response })).status).toBe(401)
  const foreign = createAuthenticator('localhost', ORIGIN)
  const forged = {
    ...foreign.prove(await steps.challengeFor(pre_auth_token)),
    id: authenticator.credential_id,
    rawId: authenticator.credential_id,
  }
  expect((await steps.verify(pre_auth_token, forged)).status).toBe(401)
})

test('passkeys are limited to five tries a minute by account', async () => {
  const { email, authenticator } = await steps.withPasskey()
  const statuses: number[] = []
  for (let i = 0; i < 5; i += 1)
    statuses.push((await steps.enter(email, authenticator, { user_verified: false })).status)
  // The registration was the first of five.
  expect(statuses).toEqual([401, 401, 401, 401, 429])
})

test('a registration cannot be repeated, and a challenge of another session is none', async () => {
  const { email, token } = await steps.person()
  const second = String((await client.login({ email })).body.access_token)
  const authenticator = createAuthenticator('localhost', ORIGIN)
  const credential = authenticator.register(await steps.creation(second))
  expect((await client.post(BASE, { credential, name: 'x' }, { token })).status).toBe(400)
  const good = authenticator.register(await steps.creation(token))
  expect((await client.post(BASE, { credential: good, name: 'x' }, { token })).status).toBe(201)
  expect((await client.post(BASE, { credential: good, name: 'x' }, { token })).status).toBe(400)
})

test('step-up by passkey opens sensitive changes again, over a challenge of this session only', async () => {
  const { email, token, authenticator } = await steps.withPasskey()
  app.clock.advance(16 * MINUTE_MS)
  expect((await client.post('/auth/2fa/recovery-codes', undefined, { token })).body.code).toBe(
    'reauth_required',
  )
  const of_sign_in = await steps.challengeFor(await steps.firstStep(email))
  const wrong = await client.post('/auth/step-up', { passkey: authenticator.prove(of_sign_in) }, { token })
  expect(wrong.body.code).toBe('invalid_passkey')
  const options = (await client.post(`${BASE}/authentication-options`, {}, { token })).response.json<{
    challenge: string
  }>()
  expect(
    (await client.post('/auth/step-up', { passkey: authenticator.prove(options) }, { token })).status,
  ).toBe(200)
  expect((await client.post('/auth/2fa/recovery-codes', undefined, { token })).status).toBe(200)
})

test('malformed credentials are refused as input, never with 500', async () => {
  const { email, authenticator } = await steps.withPasskey()
  const pre_auth_token = await steps.firstStep(email)
  const proof = authenticator.prove(await steps.challengeFor(pre_auth_token))
  expect((await steps.verify(pre_auth_token, { ...proof, id: '../../x' })).status).toBe(422)
  const response = { ...proof.response, authenticatorData: 'AAAA' }
  expect((await steps.verify(pre_auth_token, { ...proof, response })).status).toBe(401)
  const garbage = { ...proof.response, clientDataJSON: Buffer.from('not json').toString('base64url') }
  expect((await steps.verify(pre_auth_token, { ...proof, response: garbage })).status).toBe(401)
})

test('a domain that the site is not part of is refused at the start; a parent of it is taken', () => {
  const database = { DATABASE_URL: app.config.database.url }
  const env = { ...testEnvironment(), ...database, SITE_URL: 'https://www.leema.test' }
  expect(readConfig(env).passkey_rp_id).toBe('www.leema.test')
  expect(readConfig({ ...env, PASSKEY_RP_ID: 'leema.test' }).passkey_rp_id).toBe('leema.test')
  for (const foreign of ['leema.kz', 'ema.test', 'shop.leema.test'])
    expect(() => readConfig({ ...env, PASSKEY_RP_ID: foreign })).toThrow('PASSKEY_RP_ID')
})
