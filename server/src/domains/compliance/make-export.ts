import { randomUUID } from 'node:crypto'
import type { Blobs } from '#infra/blobs.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import type { JobRun } from '#infra/jobs.ts'
import { emit } from '#infra/outbox.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import { after, type Clock } from '#kernel/time.ts'
import { EXPORT_KEPT_MS, type Person } from './model.ts'
import type { CopiedFile, PersonalData } from './personal-data.ts'
import { claimExport, endExport, findContact, lockUnmadeExport } from './queries.ts'
import { writeArchive } from './write-archive.ts'

export type ExportDeps = {
  db: Db
  clock: Clock
  blobs: Blobs
  personal_data: readonly PersonalData[]
  /** Origin of the links in mails. */
  public_origin: string
}

type Claimed = Person & { id: number; run_id: string; storage_key: string }

/**
 * Job `compliance.make_export`: claim, write the archive outside any transaction, settle, and the person gets a mail
 * with the link. May run any number of times: the run that claimed last finishes it, what others stored goes.
 */
export async function makeExport(
  deps: ExportDeps,
  run: Pick<JobRun<{ export_id: number }>, 'data' | 'is_last_attempt'>,
): Promise<void> {
  const claimed = await claim(deps, run.data.export_id)
  if (!claimed) return
  const { storage_key } = claimed
  try {
    const archive = writeArchive(copyAll(deps, claimed))
    const { bytes } = await deps.blobs.putLarge(storage_key, archive, {
      content_type: 'application/zip',
      visibility: 'private',
    })
    if (!(await settle(deps, claimed, bytes))) await deps.blobs.delete([storage_key])
  } catch (error) {
    if (run.is_last_attempt)
      // It may be asked for again at once.
      await inTransaction(deps.db, (tx) => endExport(tx, claimed, { status: 'failed', storage_key: null }))
    throw error
  }
}

/** The name is noted before anything is stored under it: what a run that died left behind is found by it. */
async function claim(deps: ExportDeps, id: number): Promise<Claimed | undefined> {
  const run_id = randomUUID()
  const storage_key = `exports/${run_id}.zip`
  const row = await inTransaction(deps.db, async (tx) => {
    const unmade = await lockUnmadeExport(tx, id)
    if (unmade) await claimExport(tx, id, { run_id, storage_key })
    return unmade
  })
  if (row?.storage_key) await deps.blobs.delete([row.storage_key])
  return row && { id: row.id, account_id: row.account_id, user_id: row.user_id, run_id, storage_key }
}

async function* copyAll(deps: ExportDeps, person: Person): AsyncGenerator<CopiedFile> {
  for (const { copy } of deps.personal_data) if (copy) yield* copy(person)
}

function settle(deps: ExportDeps, claimed: Claimed, bytes: number): Promise<boolean> {
  const token = newSecret()
  return inTransaction(deps.db, async (tx) => {
    const contact = await findContact(tx, claimed.user_id)
    if (!contact) return false
    const expires_at = after(deps.clock.now(), EXPORT_KEPT_MS)
    const end = { status: 'ready' as const, bytes, token_hash: hashSecret(token), expires_at }
    if (!(await endExport(tx, claimed, end))) return false
    const link = `${deps.public_origin}/exports/${token}`
    await emit(tx, { name: 'compliance.export_ready', payload: { ...contact, link } })
    return true
  })
}
