import type { Blobs, OpenBlob } from '#infra/blobs.ts'
import type { Db } from '#infra/db.ts'
import { hashSecret } from '#kernel/id.ts'
import { notFound } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import { findReadyExport } from './queries.ts'

export type OpenArchiveDeps = { db: Db; clock: Clock; blobs: Pick<Blobs, 'open'> }

/** The archive behind the link of a mail. @throws not_found (404): wrong, or had its time */
export async function openArchive(
  deps: OpenArchiveDeps,
  token: string,
): Promise<OpenBlob & { file_name: string }> {
  const found = await findReadyExport(deps.db, hashSecret(token), deps.clock.now())
  const blob = found?.storage_key ? await deps.blobs.open(found.storage_key) : null
  if (!found || !blob) throw notFound()
  return { ...blob, file_name: `leema-${found.requested_at.toISOString().slice(0, 10)}.zip` }
}
