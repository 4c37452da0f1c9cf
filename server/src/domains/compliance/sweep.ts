import type { Blobs } from '#infra/blobs.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import { after, type Clock } from '#kernel/time.ts'
import { deleteArchives } from './delete-archives.ts'
import { eraseProfileJob } from './jobs.ts'
import { LAST_LOOK_MS } from './model.ts'
import { listExpiredExports, listOpenErasures } from './queries.ts'

export type SweepDeps = { db: Db; clock: Clock; blobs: Pick<Blobs, 'delete'>; jobs: Pick<Jobs, 'enqueue'> }

/** Job `compliance.sweep`: erasures whose last look is due, or whose job gave up, run again; old archives go. */
export async function sweep(deps: SweepDeps): Promise<void> {
  const now = deps.clock.now()
  for (const { id: erasure_id } of await listOpenErasures(deps.db, after(now, -LAST_LOOK_MS)))
    await inTransaction(deps.db, (tx) => deps.jobs.enqueue(tx, eraseProfileJob, { erasure_id }))
  await deleteArchives(deps, await listExpiredExports(deps.db, now))
}
