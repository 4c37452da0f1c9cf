import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { notFound } from '#kernel/problem.ts'
import { announce } from './announce.ts'
import type { StaffGuard } from './deps.ts'
import { MOVES, type Move } from './model.ts'
import { notOwnRequest, notWaiting, ownRequest } from './problems.ts'
import { decide, findApproval } from './queries.ts'

type Asked = { kind: string; payload: unknown; reason: string | null; asked_by: UserId }
export type Decision = {
  move: Move
  approval_id: number
  note: string | null
  call: CallContext
  now: Date
  /** What follows from the move, before it is put on record. */
  carryOut?: (asked: Asked, admins: UserId[]) => Promise<void>
}

/**
 * Makes one move, if the caller may and is the first.
 * @throws role_changed (401); not_owner (403); not_found (404); own_request, invalid_state (409)
 */
export async function decideApproval(
  tx: Tx,
  deps: Pick<StaffGuard, 'lockAdminsAs'>,
  actor: UserActor,
  { move, approval_id, note, call, now, carryOut }: Decision,
): Promise<void> {
  const admins = await deps.lockAdminsAs(tx, actor)
  const approval = await findApproval(tx, approval_id, now)
  if (!approval) throw notFound()
  const { kind, subject, payload, asked_by } = approval
  const { to, by, action } = MOVES[move]
  const is_own = asked_by === actor.user_id
  if (by === 'another' && is_own) throw ownRequest()
  if (by === 'asker' && !is_own) throw notOwnRequest()
  if (approval.state !== 'waiting') throw notWaiting(approval.state)
  const is_first = await decide(tx, { id: approval_id, to, decided_by: actor.user_id, note, now })
  if (!is_first) throw notWaiting('approved')
  await carryOut?.(approval, admins)
  await announce(tx, { id: approval_id, kind, state: to }, now)
  await record(tx, {
    actor,
    call,
    action,
    entity_type: 'approval',
    entity_id: approval_id,
    old_values: { state: 'waiting', asked_by },
    // The column holds what `askApproval` wrote.
    new_values: { state: to, kind, subject, payload: payload as JsonObject, note },
  })
}
