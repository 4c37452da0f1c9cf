import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { Actor, CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import { notFound } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { asAccountType, asPlatform } from '../model.ts'
import { tokenRevoked } from '../problems.ts'
import { openToken } from '../tokens/tokens.ts'
import { type EndedSession, endSessions, findRefreshToken, findSession } from './queries.ts'
import { profileOf, sessionActor } from './session-actor.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock'>
type SignedIn = UserActor | ShopActor
export type SessionEnd = { reason: string; call: CallContext; actor: Actor }

/**
 * Log-out: ends the whole session that the refresh token belongs to, its access tokens included, and those that a
 * switch of profile made of it.
 * @throws not_authenticated, token_expired, token_revoked (401)
 */
export async function endSession(
  deps: Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config'>,
  input: { refresh_token: string; call: CallContext },
): Promise<void> {
  const claims = await openToken(deps, input.refresh_token, 'refresh')
  const ended = await inTransaction(deps.db, async (tx) => {
    const token = await findRefreshToken(tx, hashSecret(String(claims.jti)))
    const session = token && (await findSession(tx, token.session_id))
    const account = session && (await findAccount(tx, session.account_id))
    if (!session || !account || session.revoked_at !== null) return false
    const account_type = asAccountType(session.account_type)
    // A profile that was erased meanwhile has no session to end any more.
    if (profileOf(account, account_type) === null) return false
    const { id: session_id, platform } = session
    const actor = sessionActor(account, { session_id, account_type, platform: asPlatform(platform) })
    const family = await endFamily(tx, deps, session, { reason: 'logged_out', call: input.call, actor })
    return family.length > 0
  })
  if (!ended) throw tokenRevoked()
}

/** Ends one of the caller's own sessions by its public id, and what came of it. @throws not_found (404) */
export async function endOwnSession(
  deps: Deps,
  actor: SignedIn,
  input: { public_id: string; call: CallContext },
): Promise<void> {
  const ended = await inTransaction(deps.db, (tx) =>
    endAll(
      tx,
      deps,
      { account_id: actor.account_id, family_of: { public_id: input.public_id } },
      { reason: 'ended_by_owner', actor, call: input.call },
    ),
  )
  if (ended.length === 0) throw notFound()
}

/** Everywhere but where the caller is. */
export async function endOtherSessions(deps: Deps, actor: SignedIn, call: CallContext): Promise<void> {
  const others = { account_id: actor.account_id, except_session_id: actor.session_id }
  await inTransaction(deps.db, (tx) => endAll(tx, deps, others, { reason: 'ended_by_owner', actor, call }))
}

/** Log-out everywhere, the calling session included. */
export async function endAllSessions(deps: Deps, actor: SignedIn, call: CallContext): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    endAll(tx, deps, { account_id: actor.account_id }, { reason: 'logged_out_everywhere', actor, call }),
  )
}

/** For the caller's transaction. True when the session still lived. */
export async function endOneSession(
  tx: Tx,
  deps: { clock: Clock },
  session: { id: number; account_id: number },
  end: SessionEnd,
): Promise<boolean> {
  const ended = await endAll(tx, deps, { account_id: session.account_id, session_id: session.id }, end)
  return ended.length > 0
}

/** Ends every session that came of the same sign-in: whoever holds one of them may hold the others. */
export async function endFamily(
  tx: Tx,
  deps: { clock: Clock },
  session: { id: number; account_id: number },
  end: SessionEnd,
): Promise<EndedSession[]> {
  return endAll(tx, deps, { account_id: session.account_id, family_of: { session_id: session.id } }, end)
}

/** Ends what fits, tells the sockets and the listeners, and leaves one audit row per session. */
export async function endAll(
  tx: Tx,
  deps: { clock: Clock },
  which: Parameters<typeof endSessions>[1],
  end: SessionEnd,
): Promise<EndedSession[]> {
  const ended = await endSessions(tx, which, { reason: end.reason, now: deps.clock.now() })
  for (const session of ended) {
    const { account_id, public_id: session_public_id } = session
    await emit(tx, {
      name: 'identity.session_revoked',
      payload: { account_id, session_public_id, reason: end.reason },
    })
    await emit(tx, {
      name: 'session.revoked',
      payload: { account_id, session_id: session.id, reason: end.reason },
      deliveries: [{ to: `session:${session.id}`, data: { reason: end.reason } }],
    })
    await record(tx, {
      actor: end.actor,
      call: end.call,
      action: 'identity.session_revoked',
      entity_type: 'session',
      entity_id: session.id,
      new_values: { account_id, reason: end.reason },
    })
  }
  return ended
}
