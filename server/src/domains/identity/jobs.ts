import { inTransaction } from '#infra/db.ts'
import { defineJob } from '#infra/jobs.ts'
import { after, DAY_MS } from '#kernel/time.ts'
import type { IdentityDeps } from './deps.ts'
import { deleteOldSessions } from './sessions/queries.ts'

/** Hourly (cron `17 * * * *`). May run any number of times. */
export const purgeSessionsJob = defineJob('identity.purge_sessions', {
  retry_limit: 2,
  retry_delay_s: 60,
  expire_s: 300,
})

/** Over sessions and mailed secrets stay this long, for questions and for the notice about new devices. */
const KEPT_MS = 90 * DAY_MS

/** Job `identity.purge_sessions`. */
export async function purgeSessions(deps: Pick<IdentityDeps, 'db' | 'clock'>): Promise<void> {
  await inTransaction(deps.db, (tx) => deleteOldSessions(tx, after(deps.clock.now(), -KEPT_MS)))
}
