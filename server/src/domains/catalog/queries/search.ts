import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#infra/db.ts'
import type { Cents } from '#kernel/money.ts'
import { likeContains, type Page } from '#kernel/page.ts'
import type { ModerationStatus, Product } from '../model.ts'
import { type ProductRow, productColumnsOf, toProduct } from './products.ts'

export type ProductFilter = {
  /** `listed`: what anybody may see. `all`: every card that is not deleted; only for those who may see it. */
  scope: 'listed' | 'all'
  shop_id?: number | undefined
  /** With everything below it in the tree (DEC-17). */
  category_id?: number | undefined
  text?: { contains: string; in: 'name' | 'name_or_description' } | undefined
  min_price_cents?: Cents | undefined
  max_price_cents?: Cents | undefined
  min_rating?: number | undefined
  is_active?: boolean | undefined
  moderation_status?: ModerationStatus | undefined
}

export type ProductSort = {
  by: 'created_at' | 'price' | 'views_count' | 'purchases_count'
  order: 'asc' | 'desc'
}

export const NEWEST_FIRST: ProductSort = { by: 'created_at', order: 'desc' }

/** One page and the number of all matches, in one statement whatever the page. */
export async function searchProducts(
  db: Reader,
  filter: ProductFilter,
  sort: ProductSort,
  page: Page,
): Promise<{ products: Product[]; total: number }> {
  const where = conditions(filter)
  const from = sql.table(filter.scope === 'listed' ? 'catalog.v_listed_products' : 'catalog.v_products')
  const order = orderBy(sort)
  const { rows } = await sql<{ total: number } & (ProductRow | { id: null })>`
    select found.total, p.*
    from (select count(*) as total from ${from} p where ${where}) found
    left join (
      select ${productColumnsOf('p')} from ${from} p
      where ${where}
      order by ${order}
      limit ${page.limit} offset ${page.skip}
    ) p on true
    order by ${order}`.execute(db)
  const products = rows.flatMap(({ total: _total, ...row }) => (row.id === null ? [] : [toProduct(row)]))
  return { products, total: rows[0]?.total ?? 0 }
}

function orderBy(sort: ProductSort): RawBuilder<unknown> {
  const column = sql.ref(sort.by === 'price' ? 'p.price_cents' : `p.${sort.by}`)
  return sort.order === 'asc' ? sql`${column} asc, p.id asc` : sql`${column} desc, p.id desc`
}

function conditions(filter: ProductFilter): RawBuilder<unknown> {
  const { shop_id, min_price_cents, max_price_cents, min_rating, is_active, moderation_status } = filter
  const all: (RawBuilder<unknown> | null)[] = [
    filter.scope === 'all' ? sql`p.deleted_at is null` : null,
    shop_id === undefined ? null : sql`p.shop_id = ${shop_id}`,
    filter.category_id === undefined ? null : inCategory(filter.category_id),
    filter.text === undefined ? null : contains(filter.text),
    min_price_cents === undefined ? null : sql`p.price_cents >= ${min_price_cents}`,
    max_price_cents === undefined ? null : sql`p.price_cents <= ${max_price_cents}`,
    // Without a division: an average is at least x when the sum is at least x times the count.
    min_rating === undefined
      ? null
      : sql`p.reviews_count > 0 and p.ratings_sum >= ${min_rating}::numeric * p.reviews_count`,
    is_active === undefined ? null : sql`p.is_active = ${is_active}`,
    moderation_status === undefined ? null : sql`p.moderation_status = ${moderation_status}`,
  ]
  return sql.join([sql`true`, ...all.filter((condition) => condition !== null)], sql` and `)
}

function inCategory(category_id: number): RawBuilder<unknown> {
  return sql`p.category_id in (
    with recursive below as (
      select id from catalog.categories where id = ${category_id}
      union
      select c.id from catalog.categories c join below on c.parent_id = below.id
    )
    select id from below
  )`
}

/** The first condition is what the trigram index answers; the second makes it exact for each column. */
function contains(text: NonNullable<ProductFilter['text']>): RawBuilder<unknown> {
  const pattern = likeContains(text.contains)
  const indexed = sql`(p.name || ' ' || coalesce(p.description, '')) ilike ${pattern}`
  if (text.in === 'name') return sql`${indexed} and p.name ilike ${pattern}`
  return sql`${indexed} and (p.name ilike ${pattern} or p.description ilike ${pattern})`
}
