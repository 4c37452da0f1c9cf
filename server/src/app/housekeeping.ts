import { sql } from 'kysely'
import type { Db } from '#infra/db.ts'
import { defineJob } from '#infra/jobs.ts'

/** Every five minutes: rows that have had their time. Delivered events are kept a week, for questions. */
export const purgeExpiredRowsJob = defineJob('app.purge_expired', {
  retry_limit: 2,
  retry_delay_s: 60,
  expire_s: 300,
})

/** In batches: a backlog must not turn into a statement that never ends. Sent mails are kept for 90 days. */
export async function purgeExpiredRows(deps: { db: Db; purgeShared: () => Promise<unknown> }): Promise<void> {
  await deps.purgeShared()
  const week = sql<Date>`now() - interval '7 days'`
  const season = sql<Date>`now() - interval '90 days'`
  await inBatches(() =>
    sql`delete from infra.idempotency_keys where id in (
      select id from infra.idempotency_keys where expires_at < now() limit ${BATCH})`.execute(deps.db),
  )
  await inBatches(() =>
    sql`delete from infra.outbox_events where id in (
      select id from infra.outbox_events where delivered_at < ${week} limit ${BATCH})`.execute(deps.db),
  )
  await inBatches(() =>
    sql`delete from notifications.mails where id in (
      select id from notifications.mails where status <> 'queued' and created_at < ${season} order by id limit ${BATCH})`.execute(
      deps.db,
    ),
  )
}

const BATCH = 1_000
const BATCHES_MAX = 50

async function inBatches(remove: () => Promise<{ numAffectedRows?: bigint | undefined }>): Promise<void> {
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const { numAffectedRows = 0n } = await remove()
    if (numAffectedRows < BigInt(BATCH)) return
  }
}
