import { record } from '#domains/audit/public.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { after, type Clock, SECOND_MS } from '#kernel/time.ts'
import { makeExportJob } from './jobs.ts'
import { EXPORT_EVERY_MS, EXPORT_KEPT_MS } from './model.ts'
import { exportedToday } from './problems.ts'
import { findLatestExport, insertExport, lockExportsOf } from './queries.ts'

export type RequestExportDeps = { db: Db; clock: Clock; jobs: Pick<Jobs, 'enqueue'> }

/** Queues a copy of everything that the platform knows of the caller. @throws rate_limited (429): one a day */
export function requestExport(deps: RequestExportDeps, actor: UserActor, call: CallContext): Promise<void> {
  const { account_id, user_id } = actor
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    await lockExportsOf(tx, account_id)
    const latest = await findLatestExport(tx, account_id)
    const wait_ms = latest ? after(latest.requested_at, EXPORT_EVERY_MS).getTime() - now.getTime() : 0
    if (wait_ms > 0) throw exportedToday(Math.ceil(wait_ms / SECOND_MS))
    const copy = { account_id, user_id, requested_at: now, expires_at: after(now, EXPORT_KEPT_MS) }
    const export_id = await insertExport(tx, copy)
    await deps.jobs.enqueue(tx, makeExportJob, { export_id })
    await record(tx, {
      actor,
      call,
      action: 'compliance.export_requested',
      entity_type: 'user',
      entity_id: user_id,
      new_values: { export_id },
    })
  })
}
