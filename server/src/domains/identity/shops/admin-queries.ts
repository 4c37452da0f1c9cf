import { type SqlBool, sql } from 'kysely'
import type { Reader } from '#infra/db.ts'
import type { Cents } from '#kernel/money.ts'
import { likeContains, type Page } from '#kernel/page.ts'
import { OWN_COLUMNS, profiles } from './queries.ts'

export type AdminShopSort = {
  sort_by: 'created_at' | 'shop_name' | 'balance'
  sort_order: 'asc' | 'desc'
}
export type AdminShopFilter = Page &
  AdminShopSort & {
    is_approved?: boolean
    /** Neither paused by itself nor blocked. */
    is_active?: boolean
    is_blocked?: boolean
    min_balance_cents?: Cents
    max_balance_cents?: Cents
    /** Part of the name or the address. */
    query?: string
  }

/** Living shops with their means. The cards are counted for the page alone, in one grouped pass. */
export async function listShops(db: Reader, filter: AdminShopFilter) {
  const found = matching(db, filter)
  const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const { sort_by, sort_order } = filter
  const page = found
    .select(OWN_COLUMNS)
    .orderBy(SORT_COLUMNS[sort_by], sort_order)
    .orderBy('h.id', sort_order)
    .limit(filter.limit)
    .offset(filter.skip)
  const items = await db
    .with('page', () => page)
    .selectFrom('page')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('catalog.v_products as p')
          .whereRef('p.shop_id', '=', 'page.id')
          .where('p.deleted_at', 'is', null)
          .select([
            sql<number>`count(*)`.as('total_products'),
            sql<number>`count(*) filter (where p.is_active)`.as('active_products'),
            sql<number>`count(*) filter (where p.moderation_status = 'pending')`.as('pending_products'),
          ])
          .as('cards'),
      (join) => join.onTrue(),
    )
    .selectAll('page')
    .select(['cards.total_products', 'cards.active_products', 'cards.pending_products'])
    .orderBy(`page.${PAGE_COLUMNS[sort_by]}`, sort_order)
    .orderBy('page.id', sort_order)
    .execute()
  return { items, total }
}

function matching(db: Reader, filter: AdminShopFilter) {
  const { is_approved, is_active, is_blocked, min_balance_cents, max_balance_cents, query } = filter
  let found = profiles(db)
  if (is_approved !== undefined) found = found.where('h.is_approved', '=', is_approved)
  if (is_active !== undefined)
    found = found.where(sql<SqlBool>`(h.paused_at is null and h.blocked_at is null) = ${is_active}`)
  if (is_blocked !== undefined) found = found.where('h.blocked_at', is_blocked ? 'is not' : 'is', null)
  if (min_balance_cents !== undefined) found = found.where('f.balance_cents', '>=', min_balance_cents)
  if (max_balance_cents !== undefined) found = found.where('f.balance_cents', '<=', max_balance_cents)
  if (query !== undefined) found = found.where('h.id', 'in', idsWith(db, query))
  return found
}

/** Two searches that have an index each; by the view, because row security would keep `ilike` from both. */
function idsWith(db: Reader, query: string) {
  const like = likeContains(query)
  const search = (column: 'shop_name' | 'email') =>
    db
      .selectFrom('identity.v_shop_search')
      .select('id')
      .where(sql<SqlBool>`${sql.ref(column)} ilike ${like} escape '\\'`)
  return search('shop_name').union(search('email'))
}

const SORT_COLUMNS = {
  created_at: 'h.created_at',
  shop_name: 'h.shop_name',
  balance: 'f.balance_cents',
} as const
const PAGE_COLUMNS = { created_at: 'created_at', shop_name: 'shop_name', balance: 'balance_cents' } as const
