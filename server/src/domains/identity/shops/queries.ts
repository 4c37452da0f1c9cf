import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import { likeContains, type Page } from '#kernel/page.ts'

export const OWN_COLUMNS = [
  'h.id',
  'h.account_id',
  'a.email',
  'a.locale',
  'a.email_verified_at',
  'h.shop_name',
  'h.owner_name',
  'h.description',
  'h.avatar_url',
  'h.phone',
  'h.whatsapp_number',
  'h.address',
  'h.is_approved',
  'h.paused_at',
  'h.blocked_at',
  'h.block_reason',
  'h.rejection_reason',
  'h.created_at',
  'h.updated_at',
  'f.balance_cents',
] as const

/** A shop as its owner and the admins see it. */
export type ShopProfile = NonNullable<Awaited<ReturnType<typeof findShopProfile>>>

/** Living shops with their sign-in address and means. */
export function profiles(db: Reader) {
  return db
    .selectFrom('identity.shops as h')
    .innerJoin('identity.accounts as a', 'a.id', 'h.account_id')
    .leftJoin('wallet.v_shop_funds as f', 'f.shop_id', 'h.id')
    .where('h.deleted_at', 'is', null)
}

export function findShopProfile(db: Reader, shop_id: number) {
  return profiles(db).select(OWN_COLUMNS).where('h.id', '=', shop_id).executeTakeFirst()
}

/** Locked: two decisions about one shop come one after the other. */
export function lockShop(tx: Tx, shop_id: number) {
  return tx
    .selectFrom('identity.shops')
    .select(['id', 'account_id', 'is_approved', 'paused_at', 'blocked_at', 'rejection_reason', 'shop_name'])
    .where('id', '=', shop_id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export type ShopChange = Partial<{
  shop_name: string
  owner_name: string
  description: string | null
  avatar_url: string | null
  phone: string | null
  whatsapp_number: string | null
  address: string | null
  is_approved: boolean
  paused_at: Date | null
  blocked_at: Date | null
  blocked_by: number | null
  block_reason: string | null
  rejection_reason: string | null
}>

export async function updateShop(tx: Tx, shop_id: number, change: ShopChange): Promise<void> {
  await tx
    .updateTable('identity.shops')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', shop_id)
    .execute()
}

/** May it trade now (contract 4.6)? */
export function findTradingState(db: Reader, shop_id: number) {
  return db
    .selectFrom('identity.shops')
    .select(['id', 'account_id', 'shop_name', 'is_approved', 'blocked_at'])
    .where('id', '=', shop_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

/** What anybody may see of a shop. */
export type PublicShop = {
  id: number
  shop_name: string
  description: string | null
  avatar_url: string | null
  phone: string | null
  whatsapp_number: string | null
  address: string | null
  is_approved: boolean
  is_active: boolean
  created_at: Date
  products_count: number
}

export type ShopSort = { sort_by: 'created_at' | 'shop_name' | 'products_count'; sort_order: 'asc' | 'desc' }
export type ShopFilter = Page & ShopSort & { query?: string }

/** One grouped statement: listed products are counted once for all shops, not once per shop. */
export async function listPublicShops(
  db: Reader,
  filter: ShopFilter,
): Promise<{ shops: PublicShop[]; total: number }> {
  const like = filter.query ? likeContains(filter.query) : null
  const order = sql.join([
    sql`${sql.ref(SORT_COLUMNS[filter.sort_by])} ${sql.raw(filter.sort_order)}`,
    sql`id ${sql.raw(filter.sort_order)}`,
  ])
  const { rows } = await sql<PublicShop & { total: number }>`
    select s.id, s.shop_name, s.description, s.avatar_url, s.phone, s.whatsapp_number, s.address, s.is_approved,
      s.is_active, s.created_at, c.products_count, count(*) over () as total
    from identity.v_shops s
    join (
      select shop_id, count(*) as products_count from catalog.v_listed_products group by shop_id
    ) c on c.shop_id = s.id
    where s.is_public
      and (${like}::text is null or s.shop_name ilike ${like} escape '\\' or s.description ilike ${like} escape '\\')
    order by ${order}
    limit ${filter.limit} offset ${filter.skip}`.execute(db)
  if (rows.length > 0 || filter.skip === 0) return { shops: rows, total: rows[0]?.total ?? 0 }
  // Past the last page there is no row that could carry the total.
  return { shops: [], total: (await listPublicShops(db, { ...filter, skip: 0, limit: 1 })).total }
}

const SORT_COLUMNS = {
  created_at: 'created_at',
  shop_name: 'shop_name',
  products_count: 'products_count',
} as const

/** `only_public` hides what guests may not see; without it the shop is read for an event. */
export async function findPublicShop(
  db: Reader,
  shop_id: number,
  only_public: boolean,
): Promise<PublicShop | undefined> {
  const { rows } = await sql<PublicShop>`
    select s.id, s.shop_name, s.description, s.avatar_url, s.phone, s.whatsapp_number, s.address, s.is_approved,
      s.is_active, s.created_at,
      (select count(*) from catalog.v_listed_products p where p.shop_id = s.id) as products_count
    from identity.v_shops s
    where s.id = ${shop_id} and (s.is_public or not ${only_public}::boolean)`.execute(db)
  return rows[0]
}

/** Not approved, newest first (contract 2.16). */
export async function listPendingShops(
  db: Reader,
  filter: { page: number; per_page: number; include_rejected: boolean },
) {
  const waiting = profiles(db)
    .where('h.is_approved', '=', false)
    .$if(!filter.include_rejected, (query) => query.where('h.rejection_reason', 'is', null))
  const counted = await waiting.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const shops = await waiting
    .select(OWN_COLUMNS)
    .select(
      sql<number>`(select count(*) from catalog.v_products p where p.shop_id = h.id and p.deleted_at is null)`.as(
        'total_products',
      ),
    )
    .orderBy('h.created_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(filter.per_page)
    .offset((filter.page - 1) * filter.per_page)
    .execute()
  return { shops, total: counted.total }
}
