import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { Cents } from '#kernel/money.ts'
import { likeContains, type Page } from '#kernel/page.ts'

export type UserSort = { sort_by: 'created_at' | 'name' | 'balance'; sort_order: 'asc' | 'desc' }
export type UserFilter = Page &
  UserSort & {
    role?: 'user' | 'admin'
    is_blocked?: boolean
    min_balance_cents?: Cents
    max_balance_cents?: Cents
    /** Part of the name or the address. */
    query?: string
  }

function users(db: Reader) {
  return db
    .selectFrom('identity.users as u')
    .innerJoin('identity.accounts as a', 'a.id', 'u.account_id')
    .leftJoin('wallet.v_user_funds as f', 'f.user_id', 'u.id')
    .where('a.deleted_at', 'is', null)
}

/** Living users with their means; generations are counted for the page alone, in the same statement. */
export async function listUsers(db: Reader, filter: UserFilter) {
  const { role, is_blocked, min_balance_cents, max_balance_cents, query, sort_by, sort_order } = filter
  let found = users(db)
  if (is_blocked !== undefined) found = found.where('a.blocked_at', is_blocked ? 'is not' : 'is', null)
  if (role !== undefined) found = found.where('u.role', '=', role)
  if (min_balance_cents !== undefined) found = found.where('f.balance_cents', '>=', min_balance_cents)
  if (max_balance_cents !== undefined) found = found.where('f.balance_cents', '<=', max_balance_cents)
  if (query !== undefined) found = found.where('u.id', 'in', idsWith(db, query))
  const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await found
    .select(COLUMNS)
    .select(
      sql<number>`(select count(*) from studio.v_generations g where g.user_id = u.id)`.as(
        'total_generations',
      ),
    )
    .orderBy(SORT_COLUMNS[sort_by], sort_order)
    .orderBy('u.id', sort_order)
    .limit(filter.limit)
    .offset(filter.skip)
    .execute()
  return { items, total }
}

/**
 * By a part of the name or of the address: two searches that have an index each, which an `or` over both would not use,
 * and which row security would keep from it: the view has the wall in itself.
 */
function idsWith(db: Reader, query: string) {
  const like = likeContains(query)
  const search = (column: 'name' | 'email') =>
    db
      .selectFrom('identity.v_user_search')
      .select('id')
      .where(sql<SqlBool>`${sql.ref(column)} ilike ${like} escape '\\'`)
  return search('name').union(search('email'))
}

const SORT_COLUMNS = { created_at: 'u.created_at', name: 'u.name', balance: 'f.balance_cents' } as const
const COLUMNS = [
  'u.id',
  'u.account_id',
  'a.email',
  'u.name',
  'u.avatar_url',
  'u.role',
  'u.created_at',
  'u.updated_at',
  'a.blocked_at',
  'f.balance_cents',
  'f.free_generations_left',
  'f.free_try_ons_left',
] as const

/** The ten latest movements of a user's wallet. */
export function latestTransactions(db: Reader, user_id: number) {
  return db
    .selectFrom('wallet.v_transactions')
    .select(['id', 'type', 'amount_cents', 'status', 'created_at'])
    .where('user_id', '=', user_id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
}

export function latestGenerations(db: Reader, user_id: number) {
  return db
    .selectFrom('studio.v_generations')
    .select(['id', 'prompt', 'status', 'created_at'])
    .where('user_id', '=', user_id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
}

/** All admins that can act, locked in the order of their ids: of two who demote each other, one waits. */
export async function lockAdmins(tx: Tx): Promise<number[]> {
  const admins = await tx
    .selectFrom('identity.users as u')
    .innerJoin('identity.accounts as a', 'a.id', 'u.account_id')
    .select('u.id')
    .where('u.role', '=', 'admin')
    .where('a.deleted_at', 'is', null)
    .where('a.blocked_at', 'is', null)
    .orderBy('u.id')
    // Both rows: a block is written to the account, and who waited must see it.
    .forUpdate(['u', 'a'])
    .execute()
  return admins.map((admin) => admin.id)
}
