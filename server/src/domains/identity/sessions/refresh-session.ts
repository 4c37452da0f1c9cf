import { inTransaction, type Tx } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { asAccountType, asMethods, asPlatform, hasSecondFactor } from '../model.ts'
import { tokenRevoked } from '../problems.ts'
import { openToken } from '../tokens/tokens.ts'
import { endFamily } from './end-session.ts'
import { issueTokens, type Tokens } from './issue-tokens.ts'
import { findRefreshToken, findSession, touchSession, useRefreshToken } from './queries.ts'
import { profileOf } from './session-actor.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config'>

/**
 * A new pair for a used-up refresh token. A token that was used before ends its whole session (reuse detection,
 * RFC 9700 4.14.2): of two callers with the same token one gets a pair that is dead a moment later.
 * @throws not_authenticated, token_expired, token_revoked (401)
 */
export async function refreshSession(
  deps: Deps,
  input: { refresh_token: string; call: CallContext },
): Promise<Tokens> {
  const claims = await openToken(deps, input.refresh_token, 'refresh')
  const token_hash = hashSecret(String(claims.jti))
  // A refusal is an outcome here and not an exception: what ends the session must be committed.
  const tokens = await inTransaction(deps.db, async (tx) => {
    const used = await useRefreshToken(tx, token_hash, deps.clock.now())
    if (used) return rotate(tx, deps, used.session_id, { call: input.call, claimed_role: claims.role })
    await endReplayed(tx, deps, token_hash, input.call)
    return null
  })
  if (!tokens) throw tokenRevoked()
  return tokens
}

type Rotation = { call: CallContext; claimed_role: unknown }

async function rotate(
  tx: Tx,
  deps: Deps,
  session_id: number,
  { call, claimed_role }: Rotation,
): Promise<Tokens | null> {
  const session = await touchSession(tx, session_id, deps.clock.now(), call)
  const account = session && (await findAccount(tx, session.account_id))
  if (!session || !account) return null
  const account_type = asAccountType(session.account_type)
  const profile = profileOf(account, account_type)
  if (!profile) return null
  const { role, profile_id } = profile
  const amr = asMethods(session.amr)
  // Rights won after the sign-in need a new one, an admin's with the second factor.
  if (role !== claimed_role || (role === 'admin' && !hasSecondFactor(amr))) return null
  const { public_id, expires_at } = session
  return issueTokens(tx, deps, {
    session_id,
    public_id,
    expires_at,
    amr,
    account_type,
    role,
    profile_id,
    platform: asPlatform(session.platform),
  })
}

async function endReplayed(tx: Tx, deps: Deps, token_hash: string, call: CallContext): Promise<void> {
  const token = await findRefreshToken(tx, token_hash)
  const session = token && (await findSession(tx, token.session_id))
  if (session)
    await endFamily(tx, deps, session, { reason: 'refresh_token_reused', call, actor: { kind: 'guest' } })
}
