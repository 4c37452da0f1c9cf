import { sql } from 'kysely'
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
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select(COLUMNS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .offset(filter.skip)
    .execute()
  return { items, total }
}

/**
 * Rows about a shop itself and about its cards, those that are gone included; newest first. The view shows the shop
 * that asks its own part of the trail.
 */
export async function listRowsOfShop(db: Db, shop_id: ShopId, page: Page) {
  const rows = db.selectFrom('audit.v_shop_logs').where('shop_id', '=', shop_id)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select(['id', 'action', 'entity_type', 'entity_id', 'old_values', 'new_values', 'created_at'])
    .select(sql<'shop' | 'staff'>`actor`.as('actor'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.skip)
    .execute()
  return { items, total }
}
