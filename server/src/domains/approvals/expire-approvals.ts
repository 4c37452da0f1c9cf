import { record } from '#domains/audit/public.ts'
import { type Db, inTransaction, type Tx } from '#infra/db.ts'
import type { Clock } from '#kernel/time.ts'
import { announce } from './announce.ts'
import { expire } from './queries.ts'

/** Job `approvals.expire`, every five minutes: nobody decided in time, so nothing happens. Returns how many were over. */
export function expireApprovals(deps: { db: Db; clock: Clock }): Promise<number> {
  return inTransaction(deps.db, (tx) => expireIn(tx, deps.clock.now()))
}

export async function expireIn(tx: Tx, now: Date, of?: { kind: string; subject: string }): Promise<number> {
  const over = await expire(tx, now, of)
  for (const { id, kind, subject } of over) {
    await announce(tx, { id, kind, state: 'expired' }, now)
    await record(tx, {
      actor: { kind: 'guest' },
      call: NOBODY,
      action: 'approvals.expired',
      entity_type: 'approval',
      entity_id: id,
      old_values: { state: 'waiting' },
      new_values: { state: 'expired', kind, subject },
    })
  }
  return over.length
}

const NOBODY = { request_id: 'approvals.expire', ip: null, user_agent: null }
