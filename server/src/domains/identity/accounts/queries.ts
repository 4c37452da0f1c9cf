import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { Locale } from '#kernel/locale.ts'

export type Provider = 'google' | 'apple' | 'telegram'
/** Where the subject of a provider's identity is kept. */
export const PROVIDER_COLUMNS = { google: 'google_id', apple: 'apple_id', telegram: 'telegram_id' } as const

/** An account and the profiles it carries. */
export type AccountRow = {
  id: number
  email: string
  email_verified_at: Date | null
  password_hash: string | null
  password_changed_at: Date | null
  password_stands_alone: boolean
  google_id: string | null
  apple_id: string | null
  telegram_id: string | null
  locale: string
  two_factor_enabled_at: Date | null
  blocked_at: Date | null
  user_id: number | null
  role: string | null
  shop_id: number | null
}

function accounts(db: Reader) {
  return db
    .selectFrom('identity.accounts as a')
    .leftJoin('identity.users as u', 'u.account_id', 'a.id')
    .leftJoin('identity.shops as h', (join) =>
      join.onRef('h.account_id', '=', 'a.id').on('h.deleted_at', 'is', null),
    )
    .where('a.deleted_at', 'is', null)
    .select([
      'a.id',
      'a.email',
      'a.email_verified_at',
      'a.password_hash',
      'a.password_changed_at',
      'a.password_stands_alone',
      'a.google_id',
      'a.apple_id',
      'a.telegram_id',
      'a.locale',
      'a.two_factor_enabled_at',
      'a.blocked_at',
      'u.id as user_id',
      'u.role',
      'h.id as shop_id',
    ])
}

export function findAccountByEmail(db: Reader, email: string): Promise<AccountRow | undefined> {
  return accounts(db).where('a.email', '=', email).executeTakeFirst()
}

export function findAccount(db: Reader, id: number): Promise<AccountRow | undefined> {
  return accounts(db).where('a.id', '=', id).executeTakeFirst()
}

/** Never by an empty subject: it would fit every account without one (A2). */
export async function findAccountByProvider(
  db: Reader,
  provider: Provider,
  subject: string,
): Promise<AccountRow | undefined> {
  if (subject === '') return undefined
  return accounts(db).where(`a.${PROVIDER_COLUMNS[provider]}`, '=', subject).executeTakeFirst()
}

/** Locked so that a change of password, a block or a switch of the second factor waits or is seen. */
export function lockAccount(tx: Tx, id: number, mode: 'share' | 'update'): Promise<AccountRow | undefined> {
  const query = accounts(tx).where('a.id', '=', id)
  return (mode === 'share' ? query.forShare('a') : query.forNoKeyUpdate('a')).executeTakeFirst()
}

export type NewAccount = {
  email: string
  email_verified_at: Date | null
  password_hash: string | null
  password_changed_at: Date | null
  password_stands_alone: boolean
  google_id: string | null
  apple_id: string | null
  telegram_id: string | null
  locale: Locale
}

/** Undefined when the address (or the provider's subject) belongs to somebody. */
export function insertAccount(tx: Tx, account: NewAccount): Promise<{ id: number } | undefined> {
  return tx
    .insertInto('identity.accounts')
    .values(account)
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
}

/** Undefined when the account has such a profile already. */
export function insertUser(
  tx: Tx,
  user: { account_id: number; name: string; avatar_url: string | null },
): Promise<{ id: number } | undefined> {
  return tx
    .insertInto('identity.users')
    .values(user)
    .onConflict((oc) => oc.column('account_id').doNothing())
    .returning('id')
    .executeTakeFirst()
}

export function insertShop(
  tx: Tx,
  shop: { account_id: number; shop_name: string; owner_name: string; avatar_url: string | null },
): Promise<{ id: number } | undefined> {
  return tx
    .insertInto('identity.shops')
    .values(shop)
    .onConflict((oc) => oc.column('account_id').doNothing())
    .returning('id')
    .executeTakeFirst()
}

export type AccountChange = Partial<{
  email: string
  email_verified_at: Date
  password_hash: string
  password_changed_at: Date
  password_stands_alone: boolean
  google_id: string
  apple_id: string
  telegram_id: string
  two_factor_enabled_at: Date | null
}>

export async function updateAccount(tx: Tx, id: number, change: AccountChange): Promise<void> {
  await tx
    .updateTable('identity.accounts')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Whether the account had a user profile before that was erased. */
export async function hadUser(tx: Tx, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom('identity.accounts')
    .select('had_user')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.had_user ?? false
}

/** Who blocked the account, when and why; all null lifts it. */
export async function setBlock(
  tx: Tx,
  id: number,
  block: { blocked_at: Date | null; blocked_by: number | null; block_reason: string | null },
): Promise<void> {
  await tx
    .updateTable('identity.accounts')
    .set({ ...block, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

export async function setRole(tx: Tx, user_id: number, role: 'user' | 'admin'): Promise<void> {
  await tx
    .updateTable('identity.users')
    .set({ role, updated_at: sql`now()` })
    .where('id', '=', user_id)
    .execute()
}
