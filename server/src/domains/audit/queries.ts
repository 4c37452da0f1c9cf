import { type AliasableExpression, type SqlBool, sql } from 'kysely'
import type { Db } from '#infra/db.ts'
import type { ShopId } from '#kernel/id.ts'
import type { Page } from '#kernel/page.ts'

export type AuditFilter = Page & {
  /** Id of a user or of a shop; `actor_type` says which when only one is meant. */
  actor_id?: number
  actor_type?: 'user' | 'shop'
  action?: string
  entity_type?: string
  entity_id?: number
  from?: Date
  to?: Date
}

export type AuditRow = Awaited<ReturnType<typeof listRows>>['items'][number]

const COLUMNS = [
  'id',
  'user_id',
  'shop_id',
  'action',
  'entity_type',
  'entity_id',
  'old_values',
  'new_values',
  'ip_address',
  'user_agent',
  'request_id',
  'created_at',
] as const

/** A longer list says that it has one row more than this: counting a trail of years to its end would read all of it. */
export const COUNTED_MAX = 10_000

/** Present name of what a row `l` is about; of a card that is gone, the last one. Null for what has no name. */
const ENTITY_NAME = sql<string | null>`case l.entity_type
  when 'product' then coalesce(
    (select p.name from catalog.v_products p where p.id = l.entity_id),
    (select d.old_values ->> 'name' from audit.logs d
     where d.entity_type = 'product' and d.entity_id = l.entity_id and d.action = 'catalog.product_deleted' limit 1))
  when 'shop' then (select s.shop_name from identity.v_shops s where s.id = l.entity_id)
  when 'user' then (select u.name from identity.v_users u where u.id = l.entity_id)
  when 'account' then coalesce(
    (select u.name from identity.v_users u where u.account_id = l.entity_id),
    (select s.shop_name from identity.v_shops s where s.account_id = l.entity_id))
end`

/** Newest first. */
export async function listRows(db: Db, filter: AuditFilter) {
  const { actor_id, actor_type, action, entity_type, entity_id, from, to } = filter
  let rows = db.selectFrom('audit.logs')
  if (actor_type === 'user')
    rows = rows.where('user_id', actor_id === undefined ? 'is not' : '=', actor_id ?? null)
  else if (actor_type === 'shop')
    rows = rows.where('shop_id', actor_id === undefined ? 'is not' : '=', actor_id ?? null)
  else if (actor_id !== undefined)
    rows = rows.where((eb) => eb.or([eb('user_id', '=', actor_id), eb('shop_id', '=', actor_id)]))
  if (action !== undefined) rows = rows.where('action', '=', action)
  if (entity_type !== undefined) rows = rows.where('entity_type', '=', entity_type)
  if (entity_id !== undefined) rows = rows.where('entity_id', '=', entity_id)
  if (from) rows = rows.where('created_at', '>=', from)
  if (to) rows = rows.where('created_at', '<', to)
  // Only a period is found by time; the other indexes stop by themselves when enough is counted.
  const counted = from || to ? rows.orderBy('created_at', 'desc') : rows
  const total = await count(db, counted.select('id').limit(COUNTED_MAX + 1))
  const page = rows
    .select(COLUMNS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .offset(filter.skip)
  // Names are looked up for the page alone.
  const items = await db
    .selectFrom(page.as('l'))
    .leftJoin('identity.v_users as u', 'u.id', 'l.user_id')
    .leftJoin('identity.v_shops as s', 's.id', 'l.shop_id')
    .selectAll('l')
    .select((eb) => eb.fn.coalesce('u.name', 's.shop_name').as('actor_name'))
    .select(ENTITY_NAME.as('entity_name'))
    .orderBy('l.created_at', 'desc')
    .orderBy('l.id', 'desc')
    .execute()
  return { items, total }
}

async function count(db: Db, found: AliasableExpression<{ id: number }>): Promise<number> {
  const { total } = await db
    .selectFrom(found.as('found'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Rows about a shop itself and about its cards, those that are gone included; newest first. */
export async function listRowsOfShop(db: Db, shop_id: ShopId, page: Page) {
  const mine = idsOfShop(db, shop_id)
  const total = await count(db, mine.limit(COUNTED_MAX + 1))
  const items = await db
    .selectFrom('audit.logs as l')
    // An array is found before the rows are: the page's own are read, and no others checked by row security.
    .where(
      sql<SqlBool>`l.id = any (array(${mine.orderBy('id', 'desc').limit(page.limit).offset(page.skip)}))`,
    )
    .select([
      'l.id',
      'l.action',
      'l.entity_type',
      'l.entity_id',
      'l.old_values',
      'l.new_values',
      'l.created_at',
    ])
    .select(sql<'shop' | 'staff'>`case when l.shop_id = ${shop_id} then 'shop' else 'staff' end`.as('actor'))
    .select([ENTITY_NAME.as('entity_name'), CARD_IS_GONE.as('entity_gone')])
    .orderBy('l.id', 'desc')
    .execute()
  return { items, total }
}

const CARD_IS_GONE = sql<boolean>`l.entity_type = 'product' and not exists (
  select from catalog.v_products p where p.id = l.entity_id and p.deleted_at is null)`

/** The view knows the shop that asks: its cards, also those that are gone, and what the trail tells of them. */
function idsOfShop(db: Db, shop_id: ShopId) {
  return db.selectFrom('audit.v_shop_log_ids').select('id').where('shop_id', '=', shop_id)
}
