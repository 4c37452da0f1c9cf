import type { Tx } from '#infra/db.ts'
import type { Platform } from '#kernel/actor.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import { after } from '#kernel/time.ts'
import { ACCESS_TOKEN_MS, type AccountType, type Method, REFRESH_TOKEN_MS, type Role } from '../model.ts'
import { signToken, type TokenDeps } from '../tokens/tokens.ts'
import { insertRefreshToken } from './queries.ts'

export type Tokens = { access_token: string; refresh_token: string }

/** What the claims say; taken from the database each time, never from an older token. */
export type TokenSubject = {
  session_id: number
  public_id: string
  platform: Platform
  amr: Method[]
  expires_at: Date
  account_type: AccountType
  role: Role
  profile_id: number
}

/** A new pair for a session. The refresh token is kept as a hash of its `jti`, 256 random bits. */
export async function issueTokens(tx: Tx, deps: TokenDeps, subject: TokenSubject): Promise<Tokens> {
  const now = deps.clock.now()
  const secret = newSecret()
  const claims = {
    [subject.account_type === 'user' ? 'user_id' : 'shop_id']: subject.profile_id,
    role: subject.role,
    platform: subject.platform,
    account_type: subject.account_type,
    sid: subject.public_id,
    amr: subject.amr,
  }
  const refresh_until = earlier(after(now, REFRESH_TOKEN_MS), subject.expires_at)
  await insertRefreshToken(tx, {
    session_id: subject.session_id,
    token_hash: hashSecret(secret),
    now,
    expires_at: refresh_until,
  })
  const access_until = earlier(after(now, ACCESS_TOKEN_MS), subject.expires_at)
  const [access_token, refresh_token] = await Promise.all([
    signToken(deps, { type: 'access', jti: newSecret(), issued_at: now, expires_at: access_until, claims }),
    signToken(deps, { type: 'refresh', jti: secret, issued_at: now, expires_at: refresh_until, claims }),
  ])
  return { access_token, refresh_token }
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
