import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { makeAdmin } from '../accounts/make-admin.ts'
import { auditOf, type Client, codeAt, lastEvent } from '../test-support.ts'
import { BASE, type Creation, createPasskeyClient, ORIGIN } from './passkey-test-support.ts'
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

test('the first passkey switches the second step on, gives recovery codes and ends the other sessions', async () => {
  const { email, token } = await steps.person()
  const other = String((await client.login({ email })).body.access_token)
  const options = await steps.creation(token)
  expect(options).toMatchObject({
    rp: { id: 'localhost', name: 'Leema' },
    user: { name: email },
    excludeCredentials: [],
    authenticatorSelection: { userVerification: 'required' },
    attestation: 'none',
  })
  const added = await steps.add(token)
  expect(added.status).toBe(201)
  expect(added.body).toEqual({
    passkey: {
      id: expect.any(Number),
      name: 'Laptop',
      is_backed_up: true,
      created_at: expect.any(String),
      last_used_at: null,
    },
    recovery_codes: expect.any(Array),
    auth: null,
  })
  expect(added.body.recovery_codes).toHaveLength(10)
  expect((await client.get('/users/me', other)).status).toBe(401)
  expect((await client.get('/users/me', token)).body.two_factor_enabled).toBe(true)
  expect((await client.get('/auth/2fa', token)).body).toEqual({
    enabled: true,
    is_compulsory: false,
    totp: false,
    passkeys: 1,
    recovery_codes_left: 10,
  })
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: true })
  expect(await auditOf(app)).toEqual(
    expect.arrayContaining(['identity.two_factor_enabled', 'identity.passkey_added']),
  )
})

test.each<[string, Circumstances]>([
  ['from another site', { origin: 'https://evil.example' }],
  ['for another domain', { rp_id: 'evil.example' }],
  ['without the person verified', { user_verified: false }],
  ['over a challenge of its own', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
])('a registration %s is refused with 400 and nothing is switched on', async (_what, where) => {
  const { token } = await steps.person()
  const refused = await steps.add(token, undefined, where)
  expect(refused.status).toBe(400)
  expect((await client.get('/auth/2fa', token)).body).toMatchObject({ enabled: false, passkeys: 0 })
})

test('a credential that is registered with somebody is refused with 409', async () => {
  const { authenticator } = await steps.withPasskey()
  const { token } = await steps.person()
  expect((await steps.add(token, authenticator)).status).toBe(409)
})

test('adding a passkey needs a sign-in of the last 15 minutes; a second one keeps the recovery codes and sends a notice', async () => {
  const { email, token, body } = await steps.withPasskey()
  app.clock.advance(16 * MINUTE_MS)
  const late = await client.post(`${BASE}/registration-options`, {}, { token })
  expect(late.body.code).toBe('reauth_required')
  const [recovery_code] = body.recovery_codes as string[]
  const pre_auth_token = await steps.firstStep(email)
  const entered = await client.post('/auth/2fa/verify', { pre_auth_token, recovery_code })
  const fresh = String(entered.body.access_token)
  const second = await steps.add(fresh)
  expect(second.status).toBe(201)
  expect(second.body.recovery_codes).toEqual([])
  expect(await lastEvent(app, 'identity.factors_changed')).toMatchObject({ email, change: 'passkey_added' })
  expect((await client.get('/auth/2fa', fresh)).body).toMatchObject({ passkeys: 2, recovery_codes_left: 9 })
})

test('names are listed and changed by their owner only', async () => {
  const { token, id } = await steps.withPasskey()
  const renamed = await client.call('PATCH', `${BASE}/${id}`, { token, payload: { name: ' Phone ' } })
  expect(renamed.body).toMatchObject({ id, name: 'Phone' })
  const stranger = await steps.person()
  expect(
    (await client.call('PATCH', `${BASE}/${id}`, { token: stranger.token, payload: { name: 'Mine' } }))
      .status,
  ).toBe(404)
  expect((await client.call('DELETE', `${BASE}/${id}`, { token: stranger.token })).status).toBe(404)
  expect((await client.get(BASE, token)).response.json()).toMatchObject([{ id, name: 'Phone' }])
  expect((await client.get(BASE, stranger.token)).response.json()).toEqual([])
})

test('removing the last factor switches the second step off and makes the recovery codes worthless', async () => {
  const { email, token, id } = await steps.withPasskey()
  expect((await client.call('DELETE', `${BASE}/${id}`, { token })).status).toBe(200)
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: false })
  expect((await client.get('/auth/2fa', token)).body).toEqual({
    enabled: false,
    is_compulsory: false,
    totp: false,
    passkeys: 0,
    recovery_codes_left: 0,
  })
  expect((await client.login({ email })).body.access_token).toEqual(expect.any(String))
})

test('a passkey beside an authenticator app: either proves, and removing one leaves the other', async () => {
  const { email, token, authenticator, id } = await steps.withPasskey()
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  const before = await client.post('/auth/2fa/verify', {
    pre_auth_token: await steps.firstStep(email),
    code: codeAt(secret, app.clock.now()),
  })
  // A secret that was never confirmed proves nothing, although the second step is on.
  expect(before.status).toBe(401)
  const enabled = await client.post('/auth/2fa/enable', { code: codeAt(secret, app.clock.now()) }, { token })
  expect(enabled.body).toEqual({ recovery_codes: [], auth: null })
  expect(await lastEvent(app, 'identity.factors_changed')).toMatchObject({ change: 'totp_added' })
  expect((await client.post('/auth/2fa/setup', {}, { token })).status).toBe(409)
  app.clock.advance(MINUTE_MS)
  expect((await steps.enter(email, authenticator)).status).toBe(200)
  const by_code = await client.post('/auth/2fa/verify', {
    pre_auth_token: await steps.firstStep(email),
    code: codeAt(secret, app.clock.now()),
  })
  expect(by_code.status).toBe(200)
  expect((await client.call('DELETE', `${BASE}/${id}`, { token })).status).toBe(200)
  expect((await client.get('/auth/2fa', token)).body).toMatchObject({
    enabled: true,
    totp: true,
    passkeys: 0,
  })
  expect((await client.login({ email })).body.two_factor_required).toBe(true)
})

test('an admin enrols by passkey at the first sign-in, acts, and cannot remove his last factor', async () => {
  const { email } = await steps.person()
  await makeAdmin(app.identity, email)
  const step = (await client.login({ email })).body
  expect(step).toMatchObject({ enrolment_required: true, methods: [] })
  const { pre_auth_token } = step
  const options = (
    await client.post(`${BASE}/registration-options`, { pre_auth_token })
  ).response.json<Creation>()
  const authenticator = createAuthenticator('localhost', ORIGIN)
  const credential = authenticator.register(options)
  const added = await client.post(BASE, { credential, name: 'Key', pre_auth_token })
  expect(added.status).toBe(201)
  const auth = added.body.auth as { access_token: string }
  const id = (added.body.passkey as { id: number }).id
  expect((await client.get('/admin/users', auth.access_token)).status).toBe(200)
  const refused = await client.call('DELETE', `${BASE}/${id}`, { token: auth.access_token })
  expect(refused.status).toBe(403)
  expect((await client.get(BASE, auth.access_token)).response.json()).toHaveLength(1)
  const entered = await steps.enter(email, authenticator)
  expect((await client.get('/admin/users', String(entered.body.access_token))).status).toBe(200)
})

test('an account has at most ten passkeys', async () => {
  const { email, token } = await steps.withPasskey()
  const account = await app.db
    .selectFrom('identity.accounts')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const more = Array.from({ length: 8 }, (_, i) => ({
    account_id: account.id,
    credential_id: Buffer.from(`of-${email}-${i}`).toString('base64url'),
    public_key: Buffer.alloc(1),
    counter: 0,
    is_backed_up: false,
    name: 'x',
  }))
  await app.db.insertInto('identity.passkeys').values(more).execute()
  expect((await steps.add(token)).status).toBe(201)
  expect((await steps.add(token)).status).toBe(409)
  expect((await client.get('/auth/2fa', token)).body.passkeys).toBe(10)
})
