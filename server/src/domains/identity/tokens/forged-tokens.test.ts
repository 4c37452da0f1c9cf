import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { refreshSession } from '../sessions/refresh-session.ts'
import { type Client, createClient, PASSWORD } from '../test-support.ts'
import { addSigningKey } from './add-signing-key.ts'
import { loadSigningKeys } from './signing-keys.ts'
import { authenticate } from './verify-token.ts'

let app: TestApp
let client: Client
let access: string
let refresh: string

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
  const { body } = await client.register({ email: client.newEmail() })
  access = String(body.access_token)
  refresh = String(body.refresh_token)
})
afterAll(() => app.stop())

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const ownKey = () => JSON.parse(app.config.auth_signing_keys).keys[0]

async function resign(
  change: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Promise<string> {
  const key = await importJWK(ownKey(), 'ES256')
  return new SignJWT({ ...decodeJwt(access), ...change })
    .setProtectedHeader({ alg: 'ES256', kid: 'test', ...header })
    .sign(key)
}

const answerFor = async (token: string) => {
  const { status, body } = await client.get('/users/me', token)
  return [status, body.code]
}

test('claims are exactly those of the contract', () => {
  const claims = decodeJwt(access)
  expect(Object.keys(claims).sort()).toEqual([
    'account_type',
    'amr',
    'aud',
    'exp',
    'iat',
    'iss',
    'jti',
    'platform',
    'role',
    'sid',
    'type',
    'user_id',
  ])
  expect(claims).toMatchObject({
    role: 'user',
    account_type: 'user',
    platform: 'web',
    type: 'access',
    amr: ['pwd'],
    iss: 'http://localhost:8000',
  })
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(1_800)
  const renewal = decodeJwt(refresh)
  expect((renewal.exp ?? 0) - (renewal.iat ?? 0)).toBe(7 * 86_400)
})

test('the control: the same claims signed again with our key are accepted', async () => {
  expect((await client.get('/users/me', await resign({ jti: 'again' }))).status).toBe(200)
})

test('alg none is refused (A-15)', async () => {
  for (const alg of ['none', 'None', 'NONE']) {
    const token = `${base64url({ alg, kid: 'test', typ: 'JWT' })}.${base64url(decodeJwt(access))}.`
    expect(await answerFor(token)).toEqual([401, 'not_authenticated'])
  }
})

test('HS256 with our public key as the secret is refused, in every form of the key (A-15)', async () => {
  const { d: _private, ...public_jwk } = ownKey()
  const pem = await exportSPKI(createPublicKey({ key: public_jwk, format: 'jwk' }) as never)
  for (const secret of [pem, JSON.stringify(public_jwk), String(public_jwk.x)]) {
    const signed = `${base64url({ alg: 'HS256', kid: 'test', typ: 'JWT' })}.${base64url(decodeJwt(access))}`
    const token = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    expect(await answerFor(token)).toEqual([401, 'not_authenticated'])
  }
})

test('a foreign key is refused, with our kid, with its own kid, and when it comes along in the header (A-15)', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  for (const header of [
    { kid: 'test' },
    { kid: 'other' },
    { kid: 'test', jwk },
    { kid: 'test', jku: 'https://evil.example/jwks.json' },
    {},
  ]) {
    const token = await new SignJWT(decodeJwt(access))
      .setProtectedHeader({ alg: 'ES256', ...header } as never)
      .sign(privateKey)
    expect(await answerFor(token)).toEqual([401, 'not_authenticated'])
  }
})

test.each([
  ['another issuer', { iss: 'https://evil.example' }, 'not_authenticated'],
  ['another audience', { aud: 'https://evil.example/api/v1' }, 'not_authenticated'],
  ['no audience', { aud: undefined }, 'not_authenticated'],
  ['no expiry', { exp: undefined }, 'not_authenticated'],
  ['an expiry in the past', { exp: 1_700_000_000 }, 'token_expired'],
  ['a refresh token', { type: 'refresh' }, 'not_authenticated'],
  ['a pre-auth token', { type: 'pre_auth' }, 'not_authenticated'],
  ['no type', { type: undefined }, 'not_authenticated'],
  ['an unknown session', { sid: 'nobody' }, 'token_revoked'],
  ['no session', { sid: undefined }, 'not_authenticated'],
  ['a role that is not stored', { role: 'admin' }, 'role_changed'],
  ['another account type', { account_type: 'shop', role: 'shop' }, 'not_authenticated'],
])('even signed with our key, a token with %s is refused', async (_what, change, code) => {
  expect(await answerFor(await resign(change))).toEqual([401, code])
})

test('a refresh token is no access token and an access token cannot be refreshed (A-15)', async () => {
  expect(await answerFor(refresh)).toEqual([401, 'not_authenticated'])
  expect((await client.refresh(access)).body.code).toBe('not_authenticated')
  expect((await client.post('/auth/logout', { refresh_token: access })).body.code).toBe('not_authenticated')
})

test.each(['', 'x', 'a.b.c', 'Bearer', '..', `${'a'.repeat(20_000)}.b.c`])(
  'garbage is refused: %.20s',
  async (token) => {
    expect(
      (await client.call('GET', '/users/me', { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401)
  },
)

test('a changed signature or payload is refused', async () => {
  const [head, payload, signature = ''] = access.split('.')
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
  expect(await answerFor(`${head}.${payload}.${flipped}`)).toEqual([401, 'not_authenticated'])
  expect(
    await answerFor(`${head}.${base64url({ ...decodeJwt(access), user_id: 999 })}.${signature}`),
  ).toEqual([401, 'not_authenticated'])
})

test('the user id in the claims is never believed: the session says who it is', async () => {
  const { body } = await client.get('/users/me', await resign({ user_id: 999_999 }))
  expect(body.id).toBe(decodeJwt(access).user_id)
})

test('the published keys verify our tokens and hold nothing private', async () => {
  const response = await app.http.inject({ url: '/.well-known/jwks.json' })
  const { keys } = response.json<{ keys: Record<string, string>[] }>()
  expect(keys).toEqual([
    { kty: 'EC', use: 'sig', alg: 'ES256', kid: 'test', crv: 'P-256', x: ownKey().x, y: ownKey().y },
  ])
  expect(response.body).not.toContain(ownKey().d)
})

test('a new signing key in front signs nobody out; tokens of a key that was taken away are refused (A-15)', async () => {
  const added = await addSigningKey(JSON.stringify({ keys: [ownKey()] }), new Date('2026-02-03T00:00:00Z'))
  const [fresh, present, ...more] = added.keys
  expect([present, more]).toEqual([ownKey(), []])
  expect((await loadSigningKeys(JSON.stringify(added))).public_jwks.map(({ kid }) => kid)).toEqual([
    fresh?.kid,
    'test',
  ])
  const withKeys = async (keys: unknown[]) => ({
    ...app.identity,
    keys: await loadSigningKeys(JSON.stringify({ keys })),
  })
  const rotated = await withKeys(added.keys)
  expect(await authenticate(rotated, access)).toMatchObject({ kind: 'user' })
  const renewed = await refreshSession(rotated, {
    refresh_token: refresh,
    call: { request_id: 'test', ip: null, user_agent: null },
  })
  expect(decodeProtectedHeader(renewed.access_token).kid).toBe(fresh?.kid)
  expect(fresh?.kid).toMatch(/^2026-02-03-[\w-]{8}$/)
  await expect(authenticate(await withKeys([fresh]), access)).rejects.toMatchObject({
    code: 'not_authenticated',
  })
})

test('two keys with one kid, or a key set without keys, do not start', async () => {
  await expect(loadSigningKeys(JSON.stringify({ keys: [ownKey(), ownKey()] }))).rejects.toThrow('its own kid')
  await expect(loadSigningKeys(JSON.stringify({ keys: [] }))).rejects.toThrow('no usable key')
})

test('a test-token endpoint does not exist', async () => {
  const { status } = await client.post('/auth/test-token?account_type=admin', { password: PASSWORD })
  expect(status).toBe(404)
})
