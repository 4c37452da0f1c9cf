import { sql } from 'kysely'
import type { Db } from '#infra/db.ts'
import { defineJob } from '#infra/jobs.ts'

/** Every five minutes: rows that have had their time. Delivered events are kept a week, for questions. */
export const purgeExpiredRowsJob = defineJob('app.purge_expired', {
  retry_limit: 2,
  retry_delay_s: 60,
  expire_s: 300,
})

export async function purgeExpiredRows(deps: { db: Db; purgeShared: () => Promise<unknown> }): Promise<void> {
  await deps.purgeShared()
  await deps.db.deleteFrom('infra.idempotency_keys').where('expires_at', '<', sql<Date>`now()`).execute()
  await deps.db
    .deleteFrom('infra.outbox_events')
    .where('delivered_at', '<', sql<Date>`now() - interval '7 days'`)
    .execute()
}
