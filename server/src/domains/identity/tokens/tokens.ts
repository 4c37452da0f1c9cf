import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { notAuthenticated } from '#infra/http.ts'
import type { Clock } from '#kernel/time.ts'
import { tokenExpired } from '../problems.ts'
import { ALGORITHM, type SigningKeys } from './signing-keys.ts'

export type TokenDeps = { keys: SigningKeys; clock: Clock; config: { public_origin: string } }

/** What a token may be used for. A refresh token is not an access token and the other way round. */
export type TokenType = 'access' | 'refresh' | 'pre_auth'

export type TokenInput = {
  type: TokenType
  jti: string
  issued_at: Date
  expires_at: Date
  claims: JWTPayload
}

const TOKEN_CHARS_MAX = 4_096

export function signToken(
  deps: TokenDeps,
  { type, jti, issued_at, expires_at, claims }: TokenInput,
): Promise<string> {
  return new SignJWT({ ...claims, type })
    .setProtectedHeader({ alg: ALGORITHM, kid: deps.keys.kid, typ: 'JWT' })
    .setIssuer(deps.config.public_origin)
    .setAudience(audienceOf(deps))
    .setIssuedAt(issued_at)
    .setExpirationTime(expires_at)
    .setJti(jti)
    .sign(deps.keys.private_key)
}

/**
 * The claims of a token that this platform signed for this purpose and that has not expired. The algorithm is fixed
 * and the key is found by `kid` among our own: nothing in the token decides how it is verified (RFC 8725 3.1).
 * @throws not_authenticated, token_expired (401)
 */
export async function openToken(deps: TokenDeps, token: string, type: TokenType): Promise<JWTPayload> {
  const payload = deps.keys.verified.get(token, deps.clock.now()) ?? (await verify(deps, token))
  if (payload.type !== type) throw notAuthenticated()
  if (type === 'access') deps.keys.verified.add(token, payload)
  return payload
}

async function verify(deps: TokenDeps, token: string): Promise<JWTPayload> {
  if (token.length > TOKEN_CHARS_MAX) throw notAuthenticated()
  try {
    const { payload } = await jwtVerify(token, (header) => ownKey(deps.keys, header.kid), {
      algorithms: [ALGORITHM],
      issuer: deps.config.public_origin,
      audience: audienceOf(deps),
      currentDate: deps.clock.now(),
      requiredClaims: ['exp', 'iat', 'jti', 'type'],
    })
    return payload
  } catch (error) {
    throw error instanceof errors.JWTExpired ? tokenExpired() : notAuthenticated()
  }
}

function ownKey(keys: SigningKeys, kid: string | undefined) {
  const key = kid === undefined ? undefined : keys.public_keys.get(kid)
  if (!key) throw new errors.JWKSNoMatchingKey()
  return key
}

function audienceOf(deps: TokenDeps): string {
  return `${deps.config.public_origin}/api/v1`
}
