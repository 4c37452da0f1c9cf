import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { MediaFile, MediaKind } from './model.ts'

const FILE_COLUMNS = [
  'id',
  'storage_key',
  'owner_account_id',
  'kind',
  'visibility',
  'width',
  'height',
  'preview',
  'created_at',
  'expires_at',
] as const

type FileRow = Omit<MediaFile, 'kind' | 'visibility'> & { kind: string; visibility: string }

/** The columns carry checks that allow these values only. */
function toFile(row: FileRow): MediaFile {
  return { ...row, kind: row.kind as MediaKind, visibility: row.visibility as MediaFile['visibility'] }
}

export type NewFile = {
  storage_key: string
  owner_account_id: number | null
  kind: MediaKind
  visibility: MediaFile['visibility']
  mime: string
  bytes: number
  uploaded_bytes: number
  width: number
  height: number
  sha256: string
  preview: string
  created_at: Date
  expires_at: Date
}

export async function insertFiles(tx: Tx, files: NewFile[]): Promise<MediaFile[]> {
  const rows = await tx.insertInto('media.files').values(files).returning(FILE_COLUMNS).execute()
  return rows.map(toFile).sort((a, b) => a.id - b.id)
}

/** Files that still exist for their users: not marked, not past their end. */
export async function liveFilesByKeys(db: Reader, keys: string[]): Promise<MediaFile[]> {
  if (keys.length === 0) return []
  const rows = await db
    .selectFrom('media.v_files')
    .select(FILE_COLUMNS)
    .where('storage_key', 'in', keys)
    .execute()
  return rows.map(toFile)
}

export async function newestFiles(
  db: Reader,
  owner: { account_id: number; kind: MediaKind },
  limit: number,
): Promise<MediaFile[]> {
  const rows = await db
    .selectFrom('media.v_files')
    .select(FILE_COLUMNS)
    .where('owner_account_id', '=', owner.account_id)
    .where('kind', '=', owner.kind)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toFile)
}

export async function usedBytes(db: Reader, account_id: number, sent_since: Date) {
  const row = await db
    .selectFrom('media.files')
    .where('owner_account_id', '=', account_id)
    .where('deleted_at', 'is', null)
    .select([
      sql<number>`coalesce(sum(bytes), 0)::bigint`.as('stored'),
      sql<number>`coalesce(sum(uploaded_bytes) filter (where created_at > ${sent_since}), 0)::bigint`.as(
        'sent',
      ),
    ])
    .executeTakeFirstOrThrow()
  return row
}

/** Makes files permanent. Returns how many of the keys were live. */
export async function markLinked(tx: Tx, keys: string[], now: Date): Promise<number> {
  const result = await tx
    .updateTable('media.files')
    .set({ linked_at: now, expires_at: null })
    .where('storage_key', 'in', keys)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export async function setExpiry(tx: Tx, keys: string[], expires_at: Date): Promise<void> {
  await tx
    .updateTable('media.files')
    .set({ linked_at: null, expires_at })
    .where('storage_key', 'in', keys)
    .where('deleted_at', 'is', null)
    .execute()
}

/** Marks up to `limit` files that are past their end and returns their keys, with those marked by a run that stopped half-way. */
export async function markExpired(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const due = tx
    .selectFrom('media.files')
    .select('id')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const rows = await tx
    .updateTable('media.files')
    .set({ deleted_at: sql`coalesce(deleted_at, ${now})` })
    .where('id', 'in', due)
    .returning('storage_key')
    .execute()
  return rows.map((row) => row.storage_key)
}

export type FilesOfAccount = { account_id: number; kinds: readonly MediaKind[] }

/** Marks up to `limit` files for deletion, whatever refers to them, and returns their keys. */
export async function markErased(
  tx: Tx,
  { account_id, kinds, until }: FilesOfAccount & { until: Date },
  now: Date,
  limit: number,
): Promise<string[]> {
  const some = tx
    .selectFrom('media.files')
    .select('id')
    .where('owner_account_id', '=', account_id)
    .where('kind', 'in', [...kinds])
    .where('created_at', '<=', until)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
  const rows = await tx
    .updateTable('media.files')
    .set({ linked_at: null, expires_at: now, deleted_at: sql`coalesce(deleted_at, ${now})` })
    .where('id', 'in', some)
    .returning('storage_key')
    .execute()
  return rows.map((row) => row.storage_key)
}

export async function expireFiles(
  tx: Tx,
  { account_id, kinds }: FilesOfAccount,
  expires_at: Date,
): Promise<void> {
  await tx
    .updateTable('media.files')
    .set({ linked_at: null, expires_at })
    .where('owner_account_id', '=', account_id)
    .where('kind', 'in', [...kinds])
    .where('deleted_at', 'is', null)
    .execute()
}

export function filesOfAccount(
  db: Reader,
  { account_id, kinds }: FilesOfAccount,
  after_id: number,
  limit: number,
) {
  return db
    .selectFrom('media.v_files')
    .select(['id', 'storage_key', 'kind', 'created_at'])
    .where('owner_account_id', '=', account_id)
    .where('kind', 'in', [...kinds])
    .where('id', '>', after_id)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function deleteMarked(tx: Tx, keys: string[]): Promise<void> {
  await tx
    .deleteFrom('media.files')
    .where('storage_key', 'in', keys)
    .where('deleted_at', 'is not', null)
    .execute()
}

export async function hasConsent(db: Reader, account_id: number, document: string): Promise<boolean> {
  const row = await db
    .selectFrom('identity.v_consents')
    .select('account_id')
    .where('account_id', '=', account_id)
    .where('document', '=', document)
    .where('withdrawn_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
