import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto'

type Claims = Record<string, unknown>
export type Algorithm = 'RS256' | 'ES256'

/** The issuer's own keys, made anew at each start, and what it publishes of them. */
export function createTokenKeys() {
  const pairs = {
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  }
  const kids = { RS256: randomBytes(8).toString('hex'), ES256: randomBytes(8).toString('hex') }
  const jwk = (alg: Algorithm) => ({
    ...pairs[alg].publicKey.export({ format: 'jwk' }),
    kid: kids[alg],
    alg,
    use: 'sig',
  })
  return {
    jwks: { keys: [jwk('RS256'), jwk('ES256')] },
    sign: (claims: Claims, alg: Algorithm) =>
      signToken({ alg, kid: kids[alg] }, claims, pairs[alg].privateKey),
  }
}

export type TokenKeys = ReturnType<typeof createTokenKeys>

/** A compact JWS (RFC 7515). */
export function signToken(header: { alg: Algorithm; kid: string }, claims: Claims, key: KeyObject): string {
  const signed = `${encode(header)}.${encode(claims)}`
  const options = header.alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : { key }
  return `${signed}.${sign('sha256', Buffer.from(signed), options).toString('base64url')}`
}

/** Left half of the hash of a code (OpenID Connect Core 3.3.2.11). */
export function halfHash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
}

export type SecretRules = {
  team_id: string
  service_id: string
  key_id: string
  issuer: string
  public_key: KeyObject
}

/** Why a client secret is refused, or null when it is good. Stricter than Apple: it may live five minutes, not half a year. */
export function whyRefused(secret: string, rules: SecretRules): string | null {
  const [head = '', body = '', signature = ''] = secret.split('.')
  const [header, claims] = [decode(head), decode(body)]
  const now = Date.now() / 1_000
  const checks: [boolean, string][] = [
    [header.alg === 'ES256' && header.kid === rules.key_id, 'algorithm or kid'],
    [claims.iss === rules.team_id, 'iss is not the team'],
    [claims.sub === rules.service_id, 'sub is not the client'],
    [claims.aud === rules.issuer, 'aud is not the issuer'],
    [Number(claims.exp) > now && Number(claims.iat) <= now + 5, 'expired or from the future'],
    [Number(claims.exp) - Number(claims.iat) <= 300, 'lives longer than five minutes'],
    [
      verify(
        'sha256',
        Buffer.from(`${head}.${body}`),
        { key: rules.public_key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
      'signature',
    ],
  ]
  return checks.find(([good]) => !good)?.[1] ?? null
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): Claims {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}
