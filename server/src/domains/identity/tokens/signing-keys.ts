import { type CryptoKey, importJWK, type JWK } from 'jose'
import type { VerifiedTokens } from './verified-tokens.ts'
import { createVerifiedTokens } from './verified-tokens.ts'

export const ALGORITHM = 'ES256'

export type PublicJwk = {
  kty: string
  use: string
  alg: string
  kid: string
  crv: string
  x: string
  y: string
}

/** The first key of the set signs, all verify: a new key is put first and the old one leaves a week later. */
export type SigningKeys = {
  kid: string
  private_key: CryptoKey
  public_keys: Map<string, CryptoKey>
  /** What `/.well-known/jwks.json` shows; never a private part. */
  public_jwks: PublicJwk[]
  verified: VerifiedTokens
}

/** @throws Error when the text is not a key set with private P-256 keys, or two keys share a `kid` */
export async function loadSigningKeys(auth_signing_keys: string): Promise<SigningKeys> {
  const set: unknown = JSON.parse(auth_signing_keys)
  const keys = hasKeys(set) ? set.keys : []
  const first = keys[0]
  if (!first?.kid) throw new Error('AUTH_SIGNING_KEYS: has no usable key')
  const public_jwks = keys.map(publicPart)
  const public_keys = new Map<string, CryptoKey>()
  for (const jwk of public_jwks) {
    if (jwk.kid === '' || public_keys.has(jwk.kid))
      throw new Error('AUTH_SIGNING_KEYS: every key needs its own kid')
    public_keys.set(jwk.kid, await asKey(jwk))
  }
  return {
    kid: first.kid,
    private_key: await asKey(first),
    public_keys,
    public_jwks,
    verified: createVerifiedTokens(),
  }
}

function hasKeys(set: unknown): set is { keys: JWK[] } {
  return typeof set === 'object' && set !== null && 'keys' in set && Array.isArray(set.keys)
}

/** Field by field: whatever else stands in the private key stays there. */
function publicPart({ kid = '', crv = '', x = '', y = '' }: JWK): PublicJwk {
  return { kty: 'EC', use: 'sig', alg: ALGORITHM, kid, crv, x, y }
}

async function asKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, ALGORITHM)
  if (key instanceof Uint8Array) throw new Error('AUTH_SIGNING_KEYS: a shared secret is not a signing key')
  return key
}
