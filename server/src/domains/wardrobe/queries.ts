import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import { LOCK_CLASSES } from '#infra/locks.ts'
import type { UserId } from '#kernel/id.ts'
import { likeContains, type Page } from '#kernel/page.ts'
import { ITEMS_MAX, type WardrobeSource } from './model.ts'

/** Additions of one user come one after another, so that parallel ones cannot pass the limit (contract 4.13). */
export async function hasRoom(tx: Tx, user_id: UserId): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${LOCK_CLASSES.wardrobe_of_user}, hashint8(${user_id}))`.execute(tx)
  const { count } = await tx
    .selectFrom('wardrobe.items')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
  return count < ITEMS_MAX
}

export type NewItem = {
  user_id: UserId
  source: WardrobeSource
  name: string
  description: string | null
  /** Storage keys of media. */
  images: string[]
  generation_id: number | null
  original_product_id: number | null
  folder: string | null
  is_favorite: boolean
}

export function insertItem(tx: Tx, item: NewItem) {
  return tx.insertInto('wardrobe.items').values(item).returningAll().executeTakeFirstOrThrow()
}

export type ItemFilter = { source?: WardrobeSource; is_favorite?: boolean; folder?: string; search?: string }

/** Newest first, with the total of the filter. */
export async function listItems(db: Reader, user_id: UserId, filter: ItemFilter, page: Page) {
  let query = db.selectFrom('wardrobe.items').where('user_id', '=', user_id)
  if (filter.source) query = query.where('source', '=', filter.source)
  if (filter.is_favorite !== undefined) query = query.where('is_favorite', '=', filter.is_favorite)
  if (filter.folder !== undefined) query = query.where('folder', '=', filter.folder)
  if (filter.search) {
    const pattern = likeContains(filter.search)
    query = query.where((eb) => eb.or([eb('name', 'ilike', pattern), eb('description', 'ilike', pattern)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await query
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.skip)
    .limit(page.limit)
    .execute()
  return { items, total }
}

export function findItem(db: Reader, id: number, user_id: UserId) {
  return db
    .selectFrom('wardrobe.items')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()
}

export function deleteItem(tx: Tx, id: number, user_id: UserId) {
  return tx
    .deleteFrom('wardrobe.items')
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .returning('id')
    .executeTakeFirst()
}

/** Up to `limit` items; returns how many went. */
export async function deleteItemsOf(tx: Tx, user_id: UserId, limit: number): Promise<number> {
  const some = tx
    .selectFrom('wardrobe.items')
    .select('id')
    .where('user_id', '=', user_id)
    .orderBy('id')
    .limit(limit)
  const result = await tx.deleteFrom('wardrobe.items').where('id', 'in', some).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Which of these generations are kept, and in which item (the oldest, when in several). */
export async function itemsOfGenerations(db: Reader, generation_ids: number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('wardrobe.items')
    .select(['generation_id', (eb) => eb.fn.min('id').as('item_id')])
    .where('generation_id', 'in', generation_ids)
    .groupBy('generation_id')
    .execute()
  return new Map(
    rows.flatMap((row) => (row.generation_id === null ? [] : [[row.generation_id, row.item_id] as const])),
  )
}

export async function countItemsOf(db: Reader, generation_id: number): Promise<number> {
  const { count } = await db
    .selectFrom('wardrobe.items')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('generation_id', '=', generation_id)
    .executeTakeFirstOrThrow()
  return count
}
