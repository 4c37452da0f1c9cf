import type { Readable } from 'node:stream'
import { inTransaction, type Reader, type Tx } from '#infra/db.ts'
import type { AccountId } from '#kernel/id.ts'
import { inPages } from '#kernel/page.ts'
import { type MediaKind, objectName } from './model.ts'
import { objectsOf, type PurgeDeps } from './purge-expired-media.ts'
import { deleteMarked, expireFiles, filesOfAccount, markErased } from './queries.ts'

const BATCH = 100

/**
 * Deletes files of these kinds that an account stored until `until`: marked first, so that nobody is served them any
 * more, then the objects, then the rows. May run any number of times; `media.purge_expired` finishes what is marked.
 */
export async function eraseFiles(
  deps: PurgeDeps,
  files: { account_id: AccountId; kinds: readonly MediaKind[]; until: Date },
): Promise<void> {
  const now = deps.clock.now()
  for (let erased = BATCH; erased === BATCH; ) {
    const keys = await inTransaction(deps.db, (tx) => markErased(tx, files, now, BATCH))
    erased = keys.length
    if (erased === 0) return
    await deps.blobs.delete(keys.flatMap(objectsOf))
    await inTransaction(deps.db, (tx) => deleteMarked(tx, keys))
  }
}

/** For files whose permission was taken back: nobody is shown them from now on, and the purge takes them within the hour. */
export async function dropFiles(
  tx: Tx,
  files: { account_id: AccountId; kinds: readonly MediaKind[] },
  now: Date,
): Promise<void> {
  await expireFiles(tx, files, now)
}

export type StoredFile = { storage_key: string; kind: string; created_at: Date }

/** Files of these kinds that an account has, oldest first. */
export async function* exportFiles(
  db: Reader,
  files: { account_id: AccountId; kinds: readonly MediaKind[] },
): AsyncGenerator<StoredFile> {
  yield* inPages((after_id, limit) => filesOfAccount(db, files, after_id, limit))
}

/** A stored picture as a stream; null when it is gone. */
export async function openPicture(deps: Pick<PurgeDeps, 'blobs'>, key: string): Promise<Readable | null> {
  const blob = await deps.blobs.open(objectName(key))
  return blob?.body ?? null
}
