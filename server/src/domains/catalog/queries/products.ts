import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Reader, Tx } from '#infra/db.ts'
import type { DB } from '#infra/db-types.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { ModerationStatus, Product } from '../model.ts'

const PRODUCT_COLUMNS = [
  'id',
  'shop_id',
  'shop_name',
  'category_id',
  'name',
  'description',
  'characteristics',
  'price_cents',
  'images',
  'rent_expires_at',
  'is_active',
  'is_listed',
  'moderation_status',
  'moderation_notes',
  'views_count',
  'try_ons_count',
  'purchases_count',
  'reviews_count',
  'ratings_sum',
  'approval_fee_charged_at',
  'first_approved_at',
  'version',
  'created_at',
  'updated_at',
] as const satisfies (keyof Product)[]

export type ProductRow = Pick<Selectable<DB['catalog.v_products']>, (typeof PRODUCT_COLUMNS)[number]>

export function toProduct(row: ProductRow): Product {
  return {
    ...row,
    // The columns carry checks: a JSON object, and one of the three states.
    characteristics: row.characteristics as JsonObject | null,
    moderation_status: row.moderation_status as ModerationStatus,
  }
}

/** A card that is not deleted, in whatever state. */
export async function findProduct(db: Reader, id: number): Promise<Product | null> {
  const row = await db
    .selectFrom('catalog.v_products')
    .select(PRODUCT_COLUMNS)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row ? toProduct(row) : null
}

/** As `findProduct`, after locking the card's row: what it says stays true until the transaction ends. */
export async function lockProduct(tx: Tx, id: number): Promise<Product | null> {
  const locked = await tx
    .selectFrom('catalog.products')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return locked ? findProduct(tx, id) : null
}

/** Cards in the order of `ids`; deleted ones are left out. */
export async function findProducts(db: Reader, ids: readonly number[]): Promise<Product[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('catalog.v_products')
    .select(PRODUCT_COLUMNS)
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute()
  const by_id = new Map(rows.map((row) => [row.id, toProduct(row)]))
  return ids.flatMap((id) => by_id.get(id) ?? [])
}

export type NewProduct = Pick<
  Product,
  'shop_id' | 'category_id' | 'name' | 'description' | 'characteristics' | 'price_cents' | 'images'
>

export async function insertProduct(tx: Tx, product: NewProduct, now: Date): Promise<number> {
  const { characteristics, ...columns } = product
  const row = await tx
    .insertInto('catalog.products')
    .values({
      ...columns,
      characteristics: characteristics === null ? null : JSON.stringify(characteristics),
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export type ProductChange = Partial<Omit<NewProduct, 'shop_id'>> &
  Partial<
    Pick<
      Product,
      | 'moderation_status'
      | 'moderation_notes'
      | 'is_active'
      | 'rent_expires_at'
      | 'approval_fee_charged_at'
      | 'first_approved_at'
    >
  >

/** Changes a card only if it still is as the caller saw it. Every change moves the version. */
export async function compareAndSet(
  tx: Tx,
  seen: Pick<Product, 'id' | 'version' | 'moderation_status'>,
  change: ProductChange,
  now: Date,
): Promise<boolean> {
  const { characteristics, ...columns } = change
  const json =
    characteristics === undefined
      ? {}
      : { characteristics: characteristics && JSON.stringify(characteristics) }
  const result = await tx
    .updateTable('catalog.products')
    .set({ ...columns, ...json, version: sql`version + 1`, updated_at: now })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .where('moderation_status', '=', seen.moderation_status)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Removes the card with everything that hangs on it, or only hides it when something holds on to it (an order line has
 * a restricting foreign key): the database knows, no list of tables to ask is kept here.
 */
export async function removeProduct(tx: Tx, id: number, now: Date): Promise<'removed' | 'hidden'> {
  if (await removeCard(tx, id)) return 'removed'
  await tx
    .updateTable('catalog.products')
    .set({ deleted_at: now, is_active: false, updated_at: now, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
  return 'hidden'
}

/** False, with nothing changed, when something holds on to the card; true also when it is not there. */
export async function removeCard(tx: Tx, id: number): Promise<boolean> {
  await sql`savepoint remove_product`.execute(tx)
  try {
    await tx.deleteFrom('catalog.products').where('id', '=', id).execute()
    await sql`release savepoint remove_product`.execute(tx)
    return true
  } catch (error) {
    if (!isStillReferenced(error)) throw error
    await sql`rollback to savepoint remove_product`.execute(tx)
    return false
  }
}

/** The cards of a shop that are not deleted, locked in the order of ids. */
export async function cardsOfShop(tx: Tx, shop_id: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('catalog.products')
    .select('id')
    .where('shop_id', '=', shop_id)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

export async function hideCards(tx: Tx, shop_id: number, now: Date): Promise<void> {
  await tx
    .updateTable('catalog.products')
    .set({ deleted_at: now, is_active: false, updated_at: now, version: sql`version + 1` })
    .where('shop_id', '=', shop_id)
    .where('deleted_at', 'is', null)
    .execute()
}

export function hiddenCards(db: Reader, shop_id: number, after_id: number, limit: number) {
  return db
    .selectFrom('catalog.products')
    .select(['id', 'shop_id', 'images'])
    .where('shop_id', '=', shop_id)
    .where('deleted_at', 'is not', null)
    .where('id', '>', after_id)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** SQLSTATE 23503 foreign_key_violation, 23001 restrict_violation. */
function isStillReferenced(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '23503' || error.code === '23001')
}

/** Of these image paths, the ones that another card of the shop shows too. */
export async function imagesOnOtherCards(
  tx: Tx,
  card: Pick<Product, 'id' | 'shop_id'>,
  paths: string[],
): Promise<string[]> {
  if (paths.length === 0) return []
  const rows = await tx
    .selectFrom('catalog.products')
    .select('images')
    .where('shop_id', '=', card.shop_id)
    .where('id', '<>', card.id)
    .where(sql<boolean>`images && ${paths}::text[]`)
    .execute()
  const shown = new Set(rows.flatMap((row) => row.images))
  return paths.filter((path) => shown.has(path))
}

/** One statement for everything that was counted since the last time. */
export async function addViews(db: Db, counts: { product_id: number; views: number }[]): Promise<void> {
  const ids = counts.map((count) => count.product_id)
  const views = counts.map((count) => count.views)
  await sql`
    update catalog.products p set views_count = p.views_count + seen.views
    from unnest(${ids}::bigint[], ${views}::int[]) as seen (id, views)
    where p.id = seen.id`.execute(db)
}

export async function addTryOn(tx: Tx, id: number): Promise<void> {
  await tx
    .updateTable('catalog.products')
    .set({ try_ons_count: sql`try_ons_count + 1` })
    .where('id', '=', id)
    .execute()
}

export type ShopStanding = { account_id: number; shop_name: string; is_approved: boolean; may_trade: boolean }

export async function shopStanding(db: Reader, shop_id: number): Promise<ShopStanding | null> {
  const row = await db
    .selectFrom('identity.v_shops')
    .select(['account_id', 'shop_name', 'is_approved', 'may_trade'])
    .where('id', '=', shop_id)
    .executeTakeFirst()
  return row ?? null
}

export const productColumnsOf = (alias: string): RawBuilder<unknown> =>
  sql.join(PRODUCT_COLUMNS.map((column) => sql.ref(`${alias}.${column}`)))
