import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'

/** A user with his account's facts and his means (read from the wallet by view). */
export type UserProfile = NonNullable<Awaited<ReturnType<typeof findUserProfile>>>

export function findUserProfile(db: Reader, user_id: number) {
  return db
    .selectFrom('identity.users as u')
    .innerJoin('identity.accounts as a', 'a.id', 'u.account_id')
    .leftJoin('wallet.v_user_funds as f', 'f.user_id', 'u.id')
    .where('u.id', '=', user_id)
    .where('a.deleted_at', 'is', null)
    .select([
      'u.id',
      'u.account_id',
      'a.email',
      'u.name',
      'u.avatar_url',
      'u.role',
      'u.created_at',
      'u.updated_at',
      'a.email_verified_at',
      'a.two_factor_enabled_at',
      'a.blocked_at',
      'a.block_reason',
      'f.balance_cents',
      'f.free_generations_left',
      'f.free_try_ons_left',
    ])
    .executeTakeFirst()
}

/** Two changes of one profile come one after the other: each lets go of the picture that the other one set. */
export async function lockUser(tx: Tx, user_id: number): Promise<void> {
  await tx.selectFrom('identity.users').select('id').where('id', '=', user_id).forUpdate().execute()
}

export async function updateUser(
  tx: Tx,
  user_id: number,
  change: { name?: string; avatar_url?: string | null },
): Promise<void> {
  await tx
    .updateTable('identity.users')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', user_id)
    .execute()
}

export function listConsents(db: Reader, account_id: number) {
  return db
    .selectFrom('identity.consents')
    .distinctOn('document')
    .select(['document', 'version', 'accepted_at', 'withdrawn_at'])
    .where('account_id', '=', account_id)
    .orderBy('document')
    .orderBy('id', 'desc')
    .execute()
}

export async function insertConsent(
  tx: Tx,
  consent: { account_id: number; document: string; version: string; accepted_at: Date; ip: string | null },
): Promise<void> {
  await tx.insertInto('identity.consents').values(consent).execute()
}

export async function withdrawConsent(
  tx: Tx,
  account_id: number,
  document: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('identity.consents')
    .set({ withdrawn_at: now })
    .where('account_id', '=', account_id)
    .where('document', '=', document)
    .where('withdrawn_at', 'is', null)
    .execute()
}
