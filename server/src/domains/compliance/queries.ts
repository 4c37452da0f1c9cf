import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import { LOCK_CLASSES } from '#infra/locks.ts'
import type { Person } from './model.ts'

export type NewErasure = {
  profile: 'user' | 'shop'
  profile_id: number
  account_id: number
  is_account_closed: boolean
  email: string | null
  requested_at: Date
}

export async function insertErasure(tx: Tx, erasure: NewErasure): Promise<number> {
  const row = await tx
    .insertInto('compliance.erasures')
    .values(erasure)
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export function findOpenErasure(db: Reader, id: number) {
  return db
    .selectFrom('compliance.erasures')
    .select(['id', 'profile', 'profile_id', 'account_id', 'is_account_closed', 'email', 'requested_at'])
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
}

/** Ends an erasure once; false when another run was faster. */
export async function finishErasure(tx: Tx, id: number, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('compliance.erasures')
    .set({ finished_at: now, email: null })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export function listOpenErasures(db: Reader, requested_before: Date) {
  return db
    .selectFrom('compliance.erasures')
    .select('id')
    .where('finished_at', 'is', null)
    .where('requested_at', '<=', requested_before)
    .orderBy('requested_at')
    .limit(100)
    .execute()
}

/** Requests of one account come one after another. */
export async function lockExportsOf(tx: Tx, account_id: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_CLASSES.export_of_account}, hashint8(${account_id}))`.execute(
    tx,
  )
}

/** The newest copy that was not a failure. */
export function findLatestExport(tx: Tx, account_id: number) {
  return tx
    .selectFrom('compliance.exports')
    .select(['id', 'requested_at'])
    .where('account_id', '=', account_id)
    .where('status', '<>', 'failed')
    .orderBy('requested_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insertExport(
  tx: Tx,
  copy: Person & { requested_at: Date; expires_at: Date },
): Promise<number> {
  const { account_id, user_id, requested_at, expires_at } = copy
  const row = await tx
    .insertInto('compliance.exports')
    .values({ account_id, user_id, requested_at, expires_at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The row of a copy that is still to be made, locked. */
export function lockUnmadeExport(tx: Tx, id: number) {
  return tx
    .selectFrom('compliance.exports')
    .select(['id', 'account_id', 'user_id', 'storage_key'])
    .where('id', '=', id)
    .where('status', 'in', ['waiting', 'running'])
    .forUpdate()
    .executeTakeFirst()
}

export async function claimExport(
  tx: Tx,
  id: number,
  run: { run_id: string; storage_key: string },
): Promise<void> {
  await tx
    .updateTable('compliance.exports')
    .set({ ...run, status: 'running' })
    .where('id', '=', id)
    .execute()
}

/** Ends a run; false when it is not the latest any more, or its person is gone. */
export async function endExport(
  tx: Tx,
  run: { id: number; run_id: string },
  end:
    | { status: 'ready'; bytes: number; token_hash: string; expires_at: Date }
    | { status: 'failed'; storage_key: null },
): Promise<boolean> {
  const result = await tx
    .updateTable('compliance.exports')
    .set(end)
    .where('id', '=', run.id)
    .where('run_id', '=', run.run_id)
    .where('status', '=', 'running')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export function findReadyExport(db: Reader, token_hash: string, now: Date) {
  return db
    .selectFrom('compliance.exports')
    .select(['id', 'storage_key', 'requested_at'])
    .where('token_hash', '=', token_hash)
    .where('status', '=', 'ready')
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export function listExpiredExports(db: Reader, now: Date) {
  return db
    .selectFrom('compliance.exports')
    .select(['id', 'storage_key'])
    .where('expires_at', '<=', now)
    .orderBy('id')
    .limit(100)
    .execute()
}

export function listExportsOf(db: Reader, user_id: number) {
  return db
    .selectFrom('compliance.exports')
    .select(['id', 'storage_key'])
    .where('user_id', '=', user_id)
    .orderBy('id')
    .execute()
}

export async function deleteExports(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.deleteFrom('compliance.exports').where('id', 'in', ids).execute()
}

/** Where the mail about a copy goes. */
export function findContact(db: Reader, user_id: number) {
  return db
    .selectFrom('identity.v_users')
    .select(['account_id', 'email', 'locale'])
    .where('id', '=', user_id)
    .where('is_deleted', '=', false)
    .executeTakeFirst()
}
