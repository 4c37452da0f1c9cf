import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { makeAdmin } from '../accounts/make-admin.ts'
import { replaceRecoveryCodes } from '../two-factor/queries.ts'
import { newRecoveryCodes, recoveryCodeHash } from '../two-factor/recovery-codes.ts'
import { auditOf, type Client, codeAt, createClient, lastEvent } from '../test-support.ts'
import { type Circumstances, createAuthenticator } from './software-authenticator-test-support.ts'

const ORIGIN = 'http://localhost:8000'
let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

type Json = Record<string, unknown>
type Creation = { challenge: string; user: { id: string }; excludeCredentials: { id: string }[] }
const BASE = '/auth/2fa/passkeys'

async function person(account_type = 'user') {
  const email = client.newEmail()
  const { body } = await client.register({ email, account_type })
  return { email, token: String(body.access_token) }
}

const creation = async (token: string) =>
  (await client.post(`${BASE}/registration-options`, {}, { token })).response.json<Creation>()

async function add(token: string, authenticator = createAuthenticator('localhost', ORIGIN), where: Circumstances = {}) {
  const credential = authenticator.register(await creation(token), where)
  const reply = await client.post(BASE, { credential, name: 'Laptop' }, { token })
  return { ...reply, authenticator, id: (reply.body.passkey as { id?: number } | undefined)?.id }
}

async function withPasskey(counts = true) {
  const { email, token } = await person()
  const added = await add(token, createAuthenticator('localhost', ORIGIN, counts))
  return { email, token, ...added }
}

const firstStep = async (email: string) => String((await client.login({ email })).body.pre_auth_token)
const challengeFor = async (pre_auth_token: string) =>
  (await client.post(`${BASE}/authentication-options`, { pre_auth_token })).response.json<{ challenge: string }>()
const verify = (pre_auth_token: string, credential: Json) =>
  client.post(`${BASE}/verify`, { pre_auth_token, credential })

async function enter(email: string, authenticator: ReturnType<typeof createAuthenticator>, where: Circumstances = {}) {
  const pre_auth_token = await firstStep(email)
  return verify(pre_auth_token, authenticator.prove(await challengeFor(pre_auth_token), where))
}

test('the first passkey switches the second step on, gives recovery codes and ends the other sessions', async () => {
  const { email, token } = await person()
  const other = String((await client.login({ email })).body.access_token)
  const options = await creation(token)
  expect(options).toMatchObject({
    rp: { id: 'localhost', name: 'Leema' },
    user: { name: email },
    excludeCredentials: [],
    authenticatorSelection: { userVerification: 'required' },
    attestation: 'none',
  })
  const added = await add(token)
  expect(added.status).toBe(201)
  expect(added.body).toEqual({
    passkey: { id: expect.any(Number), name: 'Laptop', is_backed_up: true, created_at: expect.any(String), last_used_at: null },
    recovery_codes: expect.any(Array),
    auth: null,
  })
  expect(added.body.recovery_codes).toHaveLength(10)
  expect((await client.get('/users/me', other)).status).toBe(401)
  expect((await client.get('/users/me', token)).body.two_factor_enabled).toBe(true)
  expect((await client.get('/auth/2fa', token)).body).toEqual({
    enabled: true,
    totp: false,
    passkeys: 1,
    recovery_codes_left: 10,
  })
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: true })
  expect(await auditOf(app)).toEqual(expect.arrayContaining(['identity.two_factor_enabled', 'identity.passkey_added']))
})

test('signing in with it: the password alone gives no token, the passkey does', async () => {
  const { email, authenticator } = await withPasskey()
  const step = (await client.login({ email })).body
  expect(step).toMatchObject({ two_factor_required: true, methods: ['passkey', 'recovery_code'] })
  expect(step.access_token).toBeUndefined()
  const { status, body } = await enter(email, authenticator)
  expect(status).toBe(200)
  expect(decodeJwt(String(body.access_token)).amr).toEqual(['pwd', 'passkey'])
  expect((await client.refresh(body.refresh_token)).status).toBe(200)
  const [passkey] = (await client.get(BASE, String(body.access_token))).response.json<Json[]>()
  expect(passkey?.last_used_at).toEqual(expect.any(String))
})

test('a proof works once: the same bytes a second time are refused, also of two at the same moment', async () => {
  const { email, authenticator } = await withPasskey()
  const pre_auth_token = await firstStep(email)
  const proof = authenticator.prove(await challengeFor(pre_auth_token))
  const both = await Promise.all([verify(pre_auth_token, proof), verify(pre_auth_token, proof)])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  const later = await firstStep(email)
  const replayed = await verify(later, proof)
  expect(replayed.status).toBe(401)
  expect(replayed.body.code).toBe('invalid_passkey')
})

test('a challenge of another sign-in, of a registration or of nobody is worth nothing', async () => {
  const { email, token, authenticator } = await withPasskey()
  const [mine, other] = [await firstStep(email), await firstStep(email)]
  const foreign = await challengeFor(other)
  expect((await verify(mine, authenticator.prove(foreign))).status).toBe(401)
  app.clock.advance(MINUTE_MS)
  const of_registration = await creation(token)
  expect((await verify(mine, authenticator.prove(of_registration))).status).toBe(401)
  expect((await verify(mine, authenticator.prove({ challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }))).status).toBe(401)
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
  const { email, authenticator } = await withPasskey()
  expect((await enter(email, authenticator)).status).toBe(200)
  const before = await app.db.selectFrom('identity.sessions').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst()
  const refused = await enter(email, authenticator, where)
  expect(refused.status).toBe(401)
  expect(refused.body.code).toBe('invalid_passkey')
  const after = await app.db.selectFrom('identity.sessions').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst()
  expect(after).toEqual(before)
})

test('an authenticator that keeps no counter can be used again and again', async () => {
  const { email, authenticator } = await withPasskey(false)
  for (let i = 0; i < 2; i += 1) expect((await enter(email, authenticator)).status).toBe(200)
})

test('changed signatures, foreign keys under the right id and passkeys of somebody else prove nothing', async () => {
  const { email, authenticator } = await withPasskey()
  const somebody = await withPasskey()
  expect((await enter(email, somebody.authenticator)).status).toBe(401)
  const pre_auth_token = await firstStep(email)
  const proof = authenticator.prove(await challengeFor(pre_auth_token))
  const bytes = Buffer.from(proof.response.signature, 'base64url')
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  const response = { ...proof.response, signature: bytes.toString('base64url') }
  expect((await verify(pre_auth_token, { ...proof, response })).status).toBe(401)
  const foreign = createAuthenticator('localhost', ORIGIN)
  const forged = { ...foreign.prove(await challengeFor(pre_auth_token)), id: authenticator.credential_id, rawId: authenticator.credential_id }
  expect((await verify(pre_auth_token, forged)).status).toBe(401)
})

test('passkeys are limited to five tries a minute by account', async () => {
  const { email, authenticator } = await withPasskey()
  const statuses: number[] = []
  for (let i = 0; i < 5; i += 1) statuses.push((await enter(email, authenticator, { user_verified: false })).status)
  // The registration was the first of five.
  expect(statuses).toEqual([401, 401, 401, 401, 429])
})

test.each<[string, Circumstances]>([
  ['from another site', { origin: 'https://evil.example' }],
  ['for another domain', { rp_id: 'evil.example' }],
  ['without the person verified', { user_verified: false }],
  ['over a challenge of its own', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
])('a registration %s is refused with 400 and nothing is switched on', async (_what, where) => {
  const { token } = await person()
  const refused = await add(token, undefined, where)
  expect(refused.status).toBe(400)
  expect((await client.get('/auth/2fa', token)).body).toMatchObject({ enabled: false, passkeys: 0 })
})

test('a registration cannot be repeated, and a challenge of another session is none', async () => {
  const { email, token } = await person()
  const second = String((await client.login({ email })).body.access_token)
  const authenticator = createAuthenticator('localhost', ORIGIN)
  const credential = authenticator.register(await creation(second))
  expect((await client.post(BASE, { credential, name: 'x' }, { token })).status).toBe(400)
  const good = authenticator.register(await creation(token))
  expect((await client.post(BASE, { credential: good, name: 'x' }, { token })).status).toBe(201)
  expect((await client.post(BASE, { credential: good, name: 'x' }, { token })).status).toBe(400)
})

test('a credential that is registered with somebody is refused with 409', async () => {
  const { authenticator } = await withPasskey()
  const { token } = await person()
  expect((await add(token, authenticator)).status).toBe(409)
})

test('adding a passkey needs a sign-in of the last 15 minutes; a second one keeps the recovery codes and sends a notice', async () => {
  const { email, token } = await withPasskey()
  app.clock.advance(16 * MINUTE_MS)
  const late = await client.post(`${BASE}/registration-options`, {}, { token })
  expect(late.body.code).toBe('reauth_required')
  const fresh = String((await enterAgain(email)).body.access_token)
  const second = await add(fresh)
  expect(second.status).toBe(201)
  expect(second.body.recovery_codes).toEqual([])
  expect(await lastEvent(app, 'identity.factors_changed')).toMatchObject({ email, change: 'passkey_added' })
  expect((await client.get('/auth/2fa', fresh)).body).toMatchObject({ passkeys: 2, recovery_codes_left: 9 })
})

const codes = new Map<string, string[]>()
/** Through a recovery code, which has to be made first. */
async function enterAgain(email: string) {
  const known = codes.get(email) ?? (await freshCodes(email))
  const reply = await client.post('/auth/2fa/verify', {
    pre_auth_token: await firstStep(email),
    recovery_code: known.shift(),
  })
  codes.set(email, known)
  return reply
}

async function freshCodes(email: string): Promise<string[]> {
  const account = await app.db.selectFrom('identity.accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  const made = newRecoveryCodes()
  const key = app.config.data_encryption_key
  await app.db.transaction().execute((tx) =>
    replaceRecoveryCodes(tx, account.id, made.map((code) => recoveryCodeHash(key, account.id, code))),
  )
  return made
}

test('step-up by passkey opens sensitive changes again, over a challenge of this session only', async () => {
  const { email, token, authenticator } = await withPasskey()
  app.clock.advance(16 * MINUTE_MS)
  expect((await client.post('/auth/2fa/recovery-codes', undefined, { token })).body.code).toBe('reauth_required')
  const of_sign_in = await challengeFor(await firstStep(email))
  const wrong = await client.post('/auth/step-up', { passkey: authenticator.prove(of_sign_in) }, { token })
  expect(wrong.body.code).toBe('invalid_passkey')
  const options = (await client.post(`${BASE}/authentication-options`, {}, { token })).response.json<{ challenge: string }>()
  expect((await client.post('/auth/step-up', { passkey: authenticator.prove(options) }, { token })).status).toBe(200)
  expect((await client.post('/auth/2fa/recovery-codes', undefined, { token })).status).toBe(200)
})

test('names are listed and changed by their owner only', async () => {
  const { token, id } = await withPasskey()
  const renamed = await client.call('PATCH', `${BASE}/${id}`, { token, payload: { name: ' Phone ' } })
  expect(renamed.body).toMatchObject({ id, name: 'Phone' })
  const stranger = await person()
  expect((await client.call('PATCH', `${BASE}/${id}`, { token: stranger.token, payload: { name: 'Mine' } })).status).toBe(404)
  expect((await client.call('DELETE', `${BASE}/${id}`, { token: stranger.token })).status).toBe(404)
  expect((await client.get(BASE, token)).response.json()).toMatchObject([{ id, name: 'Phone' }])
  expect((await client.get(BASE, stranger.token)).response.json()).toEqual([])
})

test('removing the last factor switches the second step off and makes the recovery codes worthless', async () => {
  const { email, token, id } = await withPasskey()
  expect((await client.call('DELETE', `${BASE}/${id}`, { token })).status).toBe(200)
  expect(await lastEvent(app, 'identity.two_factor_changed')).toMatchObject({ email, enabled: false })
  expect((await client.get('/auth/2fa', token)).body).toEqual({ enabled: false, totp: false, passkeys: 0, recovery_codes_left: 0 })
  expect((await client.login({ email })).body.access_token).toEqual(expect.any(String))
})

test('a passkey beside an authenticator app: either proves, and removing one leaves the other', async () => {
  const { email, token, authenticator, id } = await withPasskey()
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  const before = await client.post('/auth/2fa/verify', { pre_auth_token: await firstStep(email), code: codeAt(secret, app.clock.now()) })
  // A secret that was never confirmed proves nothing, although the second step is on.
  expect(before.status).toBe(401)
  const enabled = await client.post('/auth/2fa/enable', { code: codeAt(secret, app.clock.now()) }, { token })
  expect(enabled.body).toEqual({ recovery_codes: [], auth: null })
  expect(await lastEvent(app, 'identity.factors_changed')).toMatchObject({ change: 'totp_added' })
  expect((await client.post('/auth/2fa/setup', {}, { token })).status).toBe(409)
  app.clock.advance(MINUTE_MS)
  expect((await enter(email, authenticator)).status).toBe(200)
  const by_code = await client.post('/auth/2fa/verify', {
    pre_auth_token: await firstStep(email),
    code: codeAt(secret, app.clock.now()),
  })
  expect(by_code.status).toBe(200)
  expect((await client.call('DELETE', `${BASE}/${id}`, { token })).status).toBe(200)
  expect((await client.get('/auth/2fa', token)).body).toMatchObject({ enabled: true, totp: true, passkeys: 0 })
  expect((await client.login({ email })).body.two_factor_required).toBe(true)
})

test('an admin enrols by passkey at the first sign-in, acts, and cannot remove his last factor', async () => {
  const { email } = await person()
  await makeAdmin(app.identity, email)
  const step = (await client.login({ email })).body
  expect(step).toMatchObject({ enrolment_required: true, methods: [] })
  const { pre_auth_token } = step
  const options = (await client.post(`${BASE}/registration-options`, { pre_auth_token })).response.json<Creation>()
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
  const entered = await enter(email, authenticator)
  expect((await client.get('/admin/users', String(entered.body.access_token))).status).toBe(200)
})

test('an account has at most ten passkeys', async () => {
  const { email, token } = await withPasskey()
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
  expect((await add(token)).status).toBe(201)
  expect((await add(token)).status).toBe(409)
  expect((await client.get('/auth/2fa', token)).body.passkeys).toBe(10)
})

test('malformed credentials are refused as input, never with 500', async () => {
  const { email, authenticator } = await withPasskey()
  const pre_auth_token = await firstStep(email)
  const proof = authenticator.prove(await challengeFor(pre_auth_token))
  expect((await verify(pre_auth_token, { ...proof, id: '../../x' })).status).toBe(422)
  const response = { ...proof.response, authenticatorData: 'AAAA' }
  expect((await verify(pre_auth_token, { ...proof, response })).status).toBe(401)
  const garbage = { ...proof.response, clientDataJSON: Buffer.from('not json').toString('base64url') }
  expect((await verify(pre_auth_token, { ...proof, response: garbage })).status).toBe(401)
})
