import { createHash, createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signToken } from '#local/apple-tokens.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { createClient } from '../test-support.ts'
import { type AppleIssuer, createAppleClient, phoneClaims, startAppleIssuer } from './apple-test-support.ts'

let issuer: AppleIssuer
let app: TestApp
let apple: ReturnType<typeof createAppleClient>

beforeAll(async () => {
  issuer = await startAppleIssuer()
  app = await startTestApp({ env: issuer.environment })
  apple = createAppleClient(app, createClient(app))
})
afterAll(async () => {
  await app.stop()
  issuer.stop()
})

const address = () => `aida-${randomUUID().slice(0, 8)}@example.com`
const count = async (table: 'identity.accounts' | 'identity.sessions') =>
  (
    await app.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n
const sessions = () => count('identity.sessions')
const accounts = () => count('identity.accounts')

const foreign = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
}
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const kidOf = (index: number) => String(issuer.keys.jwks.keys[index]?.kid)

test.each<[string, (email: string) => string]>([
  ['unsigned', (email) => `${encode({ alg: 'none' })}.${encode(phoneClaims(issuer, email))}.`],
  [
    'signed by a foreign RSA key under a published kid',
    (email) => signToken({ alg: 'RS256', kid: kidOf(0) }, phoneClaims(issuer, email), foreign.RS256),
  ],
  [
    'signed by a foreign EC key under a published kid',
    (email) => signToken({ alg: 'ES256', kid: kidOf(1) }, phoneClaims(issuer, email), foreign.ES256),
  ],
  [
    'signed by an unknown kid',
    (email) => signToken({ alg: 'RS256', kid: 'mine' }, phoneClaims(issuer, email), foreign.RS256),
  ],
  [
    'with the claims changed after signing',
    (email) => {
      const [head, , signature] = issuer.keys
        .sign(phoneClaims(issuer, 'thief@example.com'), 'RS256')
        .split('.')
      return `${head}.${encode(phoneClaims(issuer, email))}.${signature}`
    },
  ],
  [
    'of another issuer',
    (email) => issuer.keys.sign(phoneClaims(issuer, email, { iss: 'https://evil.example' }), 'RS256'),
  ],
  [
    'for another audience',
    (email) => issuer.keys.sign(phoneClaims(issuer, email, { aud: 'some.other.app' }), 'RS256'),
  ],
  [
    'that has expired',
    (email) =>
      issuer.keys.sign(phoneClaims(issuer, email, { exp: Math.floor(Date.now() / 1_000) - 60 }), 'RS256'),
  ],
  ['without expiry', (email) => issuer.keys.sign(phoneClaims(issuer, email, { exp: undefined }), 'RS256')],
  ['without a subject', (email) => issuer.keys.sign(phoneClaims(issuer, email, { sub: undefined }), 'RS256')],
  ['with an empty subject', (email) => issuer.keys.sign(phoneClaims(issuer, email, { sub: '' }), 'RS256')],
  [
    'with a nonce that the caller does not know',
    (email) => issuer.keys.sign(phoneClaims(issuer, email, { nonce: 'unknown' }), 'RS256'),
  ],
  [
    'with an unverified address',
    (email) => issuer.keys.sign(phoneClaims(issuer, email, { email_verified: 'false' }), 'RS256'),
  ],
])('a token %s signs nobody in, not even the admin whose address it names (A1)', async (_what, forge) => {
  const victim = await app.given.admin()
  const before = { sessions: await sessions(), accounts: await accounts() }
  const refused = await apple.login({ id_token: forge(victim.email) })
  expect(refused.status).toBe(401)
  expect(refused.body.code).toBe('provider_credentials_invalid')
  expect({ sessions: await sessions(), accounts: await accounts() }).toEqual(before)
})

test('HS256 signed with the published key is refused', async () => {
  const signed = `${encode({ alg: 'HS256', kid: kidOf(0) })}.${encode(phoneClaims(issuer, address()))}`
  const mac = createHmac('sha256', JSON.stringify(issuer.keys.jwks.keys[0]))
    .update(signed)
    .digest('base64url')
  expect((await apple.login({ id_token: `${signed}.${mac}` })).status).toBe(401)
})

test('a phone signs in with a token for its own client id, with its nonce plain or hashed, once', async () => {
  const nonce = 'a-nonce-of-the-app'
  const hashed = createHash('sha256').update(nonce).digest('hex')
  for (const claimed of [nonce, hashed]) {
    const id_token = issuer.keys.sign(phoneClaims(issuer, address(), { nonce: claimed }), 'RS256')
    expect((await apple.login({ id_token, nonce, platform: 'mobile' })).status).toBe(200)
    expect((await apple.login({ id_token, nonce, platform: 'mobile' })).status).toBe(401)
  }
})

test('of two clients with the same token at the same moment one gets in', async () => {
  const id_token = issuer.keys.sign(phoneClaims(issuer, address()), 'RS256')
  const both = await Promise.all([apple.login({ id_token }), apple.login({ id_token })])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
})

test('a nonce that the token does not carry is refused', async () => {
  const id_token = issuer.keys.sign(phoneClaims(issuer, address()), 'RS256')
  expect((await apple.login({ id_token, nonce: 'expected' })).status).toBe(401)
})
