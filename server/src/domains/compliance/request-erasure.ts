import type { Tx } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import { eraseProfileJob } from './jobs.ts'
import { insertErasure, type NewErasure } from './queries.ts'

/** Notes that a profile has ended and queues the deletion of what it left, in the transaction that ends it. */
export async function requestErasure(
  tx: Tx,
  deps: { jobs: Pick<Jobs, 'enqueue'> },
  { now, ...erasure }: Omit<NewErasure, 'requested_at'> & { now: Date },
): Promise<void> {
  const erasure_id = await insertErasure(tx, { ...erasure, requested_at: now })
  await deps.jobs.enqueue(tx, eraseProfileJob, { erasure_id })
}
