import type { Blobs } from '#infra/blobs.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import type { Clock } from '#kernel/time.ts'
import { objectName, WIDTHS } from './model.ts'
import { deleteMarked, markExpired } from './queries.ts'

export type PurgeDeps = { db: Db; blobs: Blobs; clock: Clock }

const BATCH = 100
const BATCHES_MAX = 500

/**
 * Job `media.purge_expired`. Mark, delete the objects, delete the rows: a run that stops anywhere is finished by the
 * next one, and a marked file is served to nobody. Returns how many files went.
 */
export async function purgeExpiredMedia(deps: PurgeDeps, signal?: AbortSignal): Promise<number> {
  let purged = 0
  for (let batch = 0; batch < BATCHES_MAX && !signal?.aborted; batch += 1) {
    const now = deps.clock.now()
    const keys = await inTransaction(deps.db, (tx) => markExpired(tx, now, BATCH))
    if (keys.length === 0) break
    await deps.blobs.delete(keys.flatMap(objectsOf))
    await inTransaction(deps.db, (tx) => deleteMarked(tx, keys))
    purged += keys.length
  }
  return purged
}

/** Everything that the store may hold of a file. */
export function objectsOf(key: string): string[] {
  return [...WIDTHS, 'original' as const].map((width) => objectName(key, width))
}
