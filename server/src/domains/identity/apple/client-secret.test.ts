import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { startTestApp } from '#test/app.ts'
import { createClient } from '../test-support.ts'
import { createAppleClient, startAppleIssuer } from './apple-test-support.ts'
import { appleClientSecret, loadAppleKey } from './client-secret.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const PEM = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const ABOUT = { team_id: 'TEAM', service_id: 'kz.leema', key_id: 'KEY', issuer: 'https://appleid.apple.com' }

test('the secret is an ES256 token of the team for Apple alone that lives five minutes', async () => {
  const now = new Date()
  const secret = appleClientSecret(loadAppleKey(PEM), ABOUT, now)
  expect(decodeProtectedHeader(secret)).toEqual({ alg: 'ES256', kid: 'KEY', typ: 'JWT' })
  const { payload } = await jwtVerify(secret, createPublicKey(privateKey), { currentDate: now })
  const issued_at = Math.floor(now.getTime() / 1_000)
  expect(payload).toEqual({
    iss: 'TEAM',
    sub: 'kz.leema',
    aud: 'https://appleid.apple.com',
    iat: issued_at,
    exp: issued_at + 300,
  })
})

test('the key may be given as text, with line breaks as they are written in an environment file, or as a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leema-apple-'))
  try {
    const file = join(folder, 'AuthKey.p8')
    writeFileSync(file, PEM)
    for (const given of [PEM, PEM.replaceAll('\n', '\\n'), file])
      expect(loadAppleKey(given).export({ type: 'pkcs8', format: 'pem' })).toBe(PEM)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a key that is no P-256 key is refused at the start', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  for (const key of [rsa, p384])
    expect(() => loadAppleKey(String(key.export({ type: 'pkcs8', format: 'pem' })))).toThrow('P-256')
})

test('a secret signed by the wrong key signs nobody in: 503, and the log says why without naming secrets', async () => {
  const issuer = await startAppleIssuer()
  const app = await startTestApp({ env: { ...issuer.environment, APPLE_PRIVATE_KEY: PEM } })
  try {
    const refused = await createAppleClient(app, createClient(app)).enter({ email: 'aida@example.com' })
    expect(refused.status).toBe(503)
    expect(await app.db.selectFrom('identity.sessions').selectAll().execute()).toEqual([])
    const line = app.logs.find((text) => text.includes('identity.apple_failed')) ?? ''
    expect(line).toContain('exchange_code')
    expect(app.logs.join()).not.toContain('aida@example.com')
    expect(app.logs.join()).not.toContain('BEGIN PRIVATE KEY')
  } finally {
    await app.stop()
    issuer.stop()
  }
})
