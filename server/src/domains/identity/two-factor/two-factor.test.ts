import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { makeAdmin } from '../accounts/make-admin.ts'
import { auditOf, type Client, codeAt, createClient, lastEvent, PASSWORD } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

/** Codes count by steps of 30 s: each use needs a later one. */
const nextStep = () => app.clock.advance(30 * SECOND_MS)
const codeNow = (secret: unknown) => codeAt(secret, app.clock.now())
const wrongCode = (secret: unknown) => String((Number(codeNow(secret)) + 1) % 1_000_000).padStart(6, '0')

async function person(account_type = 'user') {
  const email = client.newEmail()
  const { body } = await client.register({ email, account_type })
  return { email, token: String(body.access_token) }
}

async function protectedPerson() {
  const { email, token } = await person()
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  const enabled = await client.post('/auth/2fa/enable', { code: codeNow(secret) }, { token })
  nextStep()
  return {
    email,
    token,
    secret,
    recovery_codes: enabled.response.json<{ recovery_codes: string[] }>().recovery_codes,
  }
}

const firstStep = async (email: string) => (await client.login({ email })).body
const verify = (pre_auth_token: unknown, factor: Record<string, unknown>) =>
  client.post('/auth/2fa/verify', { pre_auth_token, ...factor })

test('setting up, enabling and signing in with the second factor', async () => {
  const { email, token } = await person()
  const setup = await client.post('/auth/2fa/setup', undefined, { token })
  expect(setup.body.otpauth_url).toMatch(/^otpauth:\/\/totp\/Leema:/)
  expect((await client.get('/users/me', token)).body.two_factor_enabled).toBe(false)
  const enabled = await client.post('/auth/2fa/enable', { code: codeNow(setup.body.secret) }, { token })
  expect(enabled.body.auth).toBeNull()
  expect(enabled.body.recovery_codes).toHaveLength(10)
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: true })
  expect(await auditOf(app)).toContain('identity.two_factor_enabled')
  nextStep()
  const step = await firstStep(email)
  expect(step).toEqual({
    two_factor_required: true,
    pre_auth_token: expect.any(String),
    enrolment_required: false,
    methods: ['totp', 'recovery_code'],
    expires_in: 300,
  })
  const { status, body } = await verify(step.pre_auth_token, { code: codeNow(setup.body.secret) })
  expect(status).toBe(200)
  expect(body.user).toMatchObject({ email, two_factor_enabled: true })
})

test('the secret is encrypted at rest and the recovery codes are hashed (A-10)', async () => {
  const { secret, recovery_codes } = await protectedPerson()
  const secrets = await app.db.selectFrom('identity.two_factor_secrets').select('secret_encrypted').execute()
  expect(secrets.map((row) => row.secret_encrypted.toString('latin1')).join()).not.toContain(String(secret))
  const codes = await app.db.selectFrom('identity.recovery_codes').select('code_hash').execute()
  const stored = codes.map((row) => row.code_hash).join()
  for (const code of recovery_codes) expect(stored).not.toContain(code.replace('-', ''))
})

test('a code works once: the second sign-in with it is refused, also of two at the same moment (A-09)', async () => {
  const { email, secret } = await protectedPerson()
  const steps = [await firstStep(email), await firstStep(email), await firstStep(email)]
  const code = codeNow(secret)
  const both = await Promise.all([
    verify(steps[0]?.pre_auth_token, { code }),
    verify(steps[1]?.pre_auth_token, { code }),
  ])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  expect((await verify(steps[2]?.pre_auth_token, { code })).body.code).toBe('invalid_code')
})

test('the code that enabled the factor cannot be used to sign in', async () => {
  const { email, token } = await person()
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  const code = codeNow(secret)
  await client.post('/auth/2fa/enable', { code }, { token })
  expect((await verify((await firstStep(email)).pre_auth_token, { code })).status).toBe(401)
})

test('a code of the step before is accepted, one of two steps before is not (A-09)', async () => {
  const { email, secret } = await protectedPerson()
  nextStep()
  const now = app.clock.now().getTime()
  const old = codeAt(secret, new Date(now - 60 * SECOND_MS))
  const previous = codeAt(secret, new Date(now - 30 * SECOND_MS))
  const step = await firstStep(email)
  expect((await verify(step.pre_auth_token, { code: old })).status).toBe(401)
  expect((await verify(step.pre_auth_token, { code: previous })).status).toBe(200)
})

test('codes are limited to five a minute by account, the one that enabled it included, whatever first step and address they come with (A-09)', async () => {
  const { email, secret } = await protectedPerson()
  const tokens = [(await firstStep(email)).pre_auth_token, (await firstStep(email)).pre_auth_token]
  const guesses = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      client.post(
        '/auth/2fa/verify',
        { pre_auth_token: tokens[i % 2], code: wrongCode(secret) },
        { ip: `10.3.0.${i}` },
      ),
    ),
  )
  expect(guesses.map((guess) => guess.status).sort()).toEqual([401, 401, 401, 401, 429, 429, 429, 429])
  expect((await verify(tokens[0], { code: codeNow(secret) })).status).toBe(429)
})

test('a recovery code signs in once, typed with or without the dash (A-10)', async () => {
  const { email, recovery_codes } = await protectedPerson()
  const [first = '', second = ''] = recovery_codes
  const recovery_code = first.toUpperCase().replace('-', ' ')
  expect((await verify((await firstStep(email)).pre_auth_token, { recovery_code })).status).toBe(200)
  const step = await firstStep(email)
  expect((await verify(step.pre_auth_token, { recovery_code: first })).body.code).toBe('invalid_code')
  const both = await Promise.all([
    verify(step.pre_auth_token, { recovery_code: second }),
    verify(step.pre_auth_token, { recovery_code: second }),
  ])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
})

test('a pre-auth token ends with the sign-in it led to, after five minutes, and with a change of password', async () => {
  const { email, token, secret } = await protectedPerson()
  const step = await firstStep(email)
  expect((await verify(step.pre_auth_token, { code: codeNow(secret) })).status).toBe(200)
  nextStep()
  expect((await verify(step.pre_auth_token, { code: codeNow(secret) })).body.code).toBe('not_authenticated')
  const late = await firstStep(email)
  app.clock.advance(5 * MINUTE_MS)
  expect((await verify(late.pre_auth_token, { code: codeNow(secret) })).body.code).toBe('token_expired')
  const stale = await firstStep(email)
  const change = await client.post(
    '/auth/password/change',
    { current_password: PASSWORD, password: 'zqjxkvbw' },
    { token },
  )
  expect(change.status).toBe(200)
  expect((await verify(stale.pre_auth_token, { code: codeNow(secret) })).body.code).toBe('not_authenticated')
})

test('a pre-auth token opens nothing else: no route, no refresh, no enrolment of an account that has a factor', async () => {
  const { email } = await protectedPerson()
  const pre_auth_token = String((await firstStep(email)).pre_auth_token)
  expect((await client.get('/users/me', pre_auth_token)).status).toBe(401)
  expect((await client.refresh(pre_auth_token)).status).toBe(401)
  expect((await client.post('/auth/2fa/setup', { pre_auth_token })).status).toBe(401)
  expect(
    (await client.post('/auth/ws-ticket', { client_type: 'user' }, { token: pre_auth_token })).status,
  ).toBe(401)
})

test('enabling ends the other sessions of the account', async () => {
  const { email, token } = await person()
  const other = String((await client.login({ email })).body.access_token)
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  await client.post('/auth/2fa/enable', { code: codeNow(secret) }, { token })
  expect((await client.get('/users/me', other)).body.code).toBe('token_revoked')
  expect((await client.get('/users/me', token)).status).toBe(200)
})

test('setting up needs a sign-in of the last 15 minutes; a step-up gives it (A-11)', async () => {
  const { token } = await person()
  app.clock.advance(16 * MINUTE_MS)
  expect((await client.post('/auth/2fa/setup', {}, { token })).body).toMatchObject({
    status: 401,
    code: 'reauth_required',
  })
  expect((await client.post('/auth/step-up', { password: 'wrong' }, { token })).status).toBe(401)
  expect((await client.post('/auth/2fa/setup', {}, { token })).body.code).toBe('reauth_required')
  expect((await client.post('/auth/step-up', { password: PASSWORD }, { token })).status).toBe(200)
  expect((await client.post('/auth/2fa/setup', {}, { token })).status).toBe(200)
})

test('disabling needs a code; a second set-up while it is on is refused', async () => {
  const { email, token, secret } = await protectedPerson()
  expect((await client.post('/auth/2fa/setup', {}, { token })).body).toMatchObject({
    status: 409,
    code: 'already_exists',
  })
  expect((await client.post('/auth/2fa/disable', { code: wrongCode(secret) }, { token })).status).toBe(401)
  expect((await client.login({ email })).body.two_factor_required).toBe(true)
  expect((await client.post('/auth/2fa/disable', { code: codeNow(secret) }, { token })).status).toBe(200)
  expect((await client.login({ email })).body.user).toMatchObject({ two_factor_enabled: false })
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: false })
})

test('with a password too short to stand alone the factor cannot be switched off', async () => {
  const { token, secret } = await protectedPerson()
  expect(
    (
      await client.post(
        '/auth/password/change',
        { current_password: PASSWORD, password: 'zqjxkvbw' },
        { token },
      )
    ).status,
  ).toBe(200)
  expect((await client.post('/auth/2fa/disable', { code: codeNow(secret) }, { token })).body).toMatchObject({
    status: 409,
    code: 'invalid_state',
  })
})

test('an admin must set up the factor at the first sign-in, and only that: then he is signed in (A-08)', async () => {
  const { email, token } = await person()
  expect(await makeAdmin(app.identity, email.toUpperCase())).toMatchObject({ changed: true })
  expect((await client.get('/users/me', token)).body.code).toBe('role_changed')
  const step = await firstStep(email)
  expect(step).toMatchObject({ two_factor_required: true, enrolment_required: true })
  const pre_auth_token = String(step.pre_auth_token)
  expect((await client.get('/admin/shops/pending', pre_auth_token)).status).toBe(401)
  expect((await verify(pre_auth_token, { code: '123456' })).status).toBe(401)
  const { secret } = (await client.post('/auth/2fa/setup', { pre_auth_token })).body
  expect((await client.post('/auth/2fa/enable', { pre_auth_token, code: wrongCode(secret) })).body.code).toBe(
    'invalid_code',
  )
  const enabled = await client.post('/auth/2fa/enable', { pre_auth_token, code: codeNow(secret) })
  expect(enabled.body.recovery_codes).toHaveLength(10)
  const { auth } = enabled.response.json<{ auth: { access_token: string; refresh_token: string } }>()
  expect((await client.get('/admin/shops/pending', auth.access_token)).status).toBe(200)
  expect((await client.refresh(auth.refresh_token)).status).toBe(200)
  nextStep()
  expect((await client.post('/auth/2fa/enable', { pre_auth_token, code: codeNow(secret) })).status).toBe(401)
  expect(
    (await client.post('/auth/2fa/disable', { code: codeNow(secret) }, { token: auth.access_token })).status,
  ).toBe(403)
  expect((await client.get('/users/me', auth.access_token)).body).toMatchObject({
    role: 'admin',
    two_factor_enabled: true,
  })
})

test('an admin session without the factor is refused even if one existed (A-08)', async () => {
  const admin = await app.given.admin()
  const { session_id } = admin.actor
  await app.db
    .updateTable('identity.sessions')
    .set({ amr: ['pwd'] })
    .where('id', '=', session_id)
    .execute()
  expect((await client.get('/admin/shops/pending', admin.token)).body).toMatchObject({
    status: 401,
    code: 'two_factor_required',
  })
})

test('making an admin names somebody who is registered, and twice changes nothing', async () => {
  await expect(makeAdmin(app.identity, 'stranger@example.com')).rejects.toMatchObject({ code: 'not_found' })
  const { email } = await person()
  await makeAdmin(app.identity, email)
  expect(await makeAdmin(app.identity, email)).toMatchObject({ changed: false })
})
