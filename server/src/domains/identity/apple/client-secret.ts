import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'

/** Apple allows half a year; a secret that is made for each call need not outlive it (contract 2.1.1). */
const LIFE_MS = 5 * MINUTE_MS

export type AppleKey = {
  team_id: string
  service_id: string
  key_id: string
  private_key: string
  issuer: string
}

/** `text` is the key itself (line breaks may be written as `\n`) or the path of its file. @throws Error when it is no P-256 key */
export function loadAppleKey(text: string): KeyObject {
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : readFileSync(text, 'utf8')
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error('APPLE_PRIVATE_KEY: must be a P-256 key')
  return key
}

/** What stands in for a client secret: a token that the team signs with its own key (ES256). */
export function appleClientSecret(key: KeyObject, about: Omit<AppleKey, 'private_key'>, now: Date): string {
  const issued_at = Math.floor(now.getTime() / SECOND_MS)
  const header = { alg: 'ES256', kid: about.key_id, typ: 'JWT' }
  const claims = {
    iss: about.team_id,
    sub: about.service_id,
    aud: about.issuer,
    iat: issued_at,
    exp: issued_at + LIFE_MS / SECOND_MS,
  }
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
