import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { ApprovalState } from './model.ts'
import { countWaiting } from './queries.ts'

/** Tells the admins' sockets what became of a request and how many wait now. */
export async function announce(
  tx: Tx,
  approval: { id: number; kind: string; state: ApprovalState },
  now: Date,
): Promise<void> {
  const data = {
    approval_id: approval.id,
    kind: approval.kind,
    state: approval.state,
    waiting_count: await countWaiting(tx, now),
  }
  await emit(tx, { name: 'approvals.updated', payload: data, deliveries: [{ to: 'admins', data }] })
}
