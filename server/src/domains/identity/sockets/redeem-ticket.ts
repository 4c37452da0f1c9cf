import type { Actor } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import type { IdentityDeps } from '../deps.ts'
import { type ClientType, hasSecondFactor } from '../model.ts'
import { findSessionState, livingActor } from '../sessions/session-state.ts'

type SignedIn = Exclude<Actor, { kind: 'guest' }>
export type Redeemed = { actor: SignedIn; client_type: ClientType }

export function ticketKey(ticket_hash: string): string {
  return `identity:ws-ticket:${ticket_hash}`
}

/**
 * Whose socket this is and what it was asked for. Works once: of any number of callers one gets the answer.
 * Null for an unknown, used or expired ticket, and when the session has ended meanwhile.
 */
export async function redeemTicket(
  deps: Pick<IdentityDeps, 'shared' | 'pool' | 'clock'>,
  ticket: string,
): Promise<Redeemed | null> {
  const stored = await deps.shared.take(ticketKey(hashSecret(ticket)))
  if (stored === null) return null
  // Written by issueWsTicket and by nobody else.
  const { session_id, client_type } = JSON.parse(stored) as { session_id: number; client_type: ClientType }
  const actor = await authorizeSession(deps, session_id)
  const may_enter =
    actor !== null && (client_type !== 'admin' || (actor.kind === 'user' && actor.role === 'admin'))
  return may_enter ? { actor, client_type } : null
}

/** The actor of an open socket as the database has him now; null when the socket must be closed (contract 3.2). */
export async function authorizeSession(
  deps: Pick<IdentityDeps, 'pool' | 'clock'>,
  session_id: number,
): Promise<SignedIn | null> {
  const state = await findSessionState(deps.pool, { id: session_id })
  const actor = livingActor(state, deps.clock.now())
  if (actor?.kind === 'user' && actor.role === 'admin' && !hasSecondFactor(state?.amr ?? [])) return null
  return actor
}
