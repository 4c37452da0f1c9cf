import type { Blobs } from '#infra/blobs.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import { deleteExports, listExportsOf } from './queries.ts'

type Deps = { db: Db; blobs: Pick<Blobs, 'delete'> }
type StoredExport = { id: number; storage_key: string | null }

/** Archives first, rows second: a run that stops between is finished by the next one. */
export async function deleteArchives(deps: Deps, exports: StoredExport[]): Promise<void> {
  await deps.blobs.delete(exports.flatMap(({ storage_key }) => storage_key ?? []))
  await inTransaction(deps.db, (tx) =>
    deleteExports(
      tx,
      exports.map(({ id }) => id),
    ),
  )
}

/** Every copy that was made for a user; those of a later user profile of the same account stay. */
export async function eraseExports(deps: Deps, user_id: UserId): Promise<void> {
  await deleteArchives(deps, await listExportsOf(deps.db, user_id))
}
