import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { Clock } from '#kernel/time.ts'
import { announce } from './announce.ts'
import { expireIn } from './expire-approvals.ts'
import { type AskedChange, expiryOf } from './model.ts'
import { alreadyWaiting } from './problems.ts'
import { findWaiting, insertApproval } from './queries.ts'

/**
 * Puts a change before the other admins, in the transaction that has checked it. Nothing of it happens until one of
 * them approves; after seven days it is over.
 * @throws already_exists (409) when a request for the same subject waits
 */
export async function askApproval(
  tx: Tx,
  deps: { clock: Clock },
  by: { actor: UserActor; call: CallContext },
  change: AskedChange,
): Promise<{ approval_id: number; expires_at: Date }> {
  const now = deps.clock.now()
  const { kind, subject } = change
  // One that had its time must not stand in the way of the next, although the job has not come round yet.
  if (subject !== null) await expireIn(tx, now, { kind, subject })
  const expires_at = expiryOf(now)
  const made = await insertApproval(tx, {
    ...change,
    asked_by: by.actor.user_id,
    asked_at: now,
    expires_at,
  })
  if (!made) throw alreadyWaiting((await findWaiting(tx, kind, subject ?? ''))?.id ?? null)
  await announce(tx, { id: made.id, kind, state: 'waiting' }, now)
  await record(tx, {
    ...by,
    action: 'approvals.asked',
    entity_type: 'approval',
    entity_id: made.id,
    new_values: { ...change, expires_at: expires_at.toISOString() },
  })
  return { approval_id: made.id, expires_at }
}
