import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { Page } from '#kernel/page.ts'

export type Category = {
  id: number
  name: string
  slug: string
  description: string | null
  icon_url: string | null
  parent_id: number | null
  order: number
  is_active: boolean
  created_at: Date
  updated_at: Date
}
export type CountedCategory = Category & { products_count: number }

export type CategoryFilter = { id?: number; is_active?: boolean | undefined; parent_id?: number | undefined }

const COLUMNS = [
  'id',
  'name',
  'slug',
  'description',
  'icon_url',
  'parent_id',
  'order',
  'is_active',
  'created_at',
  'updated_at',
] as const satisfies (keyof Category)[]

/**
 * Categories in display order with the number of listed cards in each and below it: the count is what the filter
 * `category_id` finds. One statement, one grouped count.
 */
export async function listCategories(
  db: Reader,
  filter: CategoryFilter,
  page: Page,
): Promise<{ categories: CountedCategory[]; total: number }> {
  const { rows } = await sql<CountedCategory & { total: number }>`
    with recursive wanted as (
      select ${sql.join(COLUMNS.map((column) => sql.ref(column)))}, count(*) over () as total
      from catalog.categories
      where ${sql.join(conditions(filter), sql` and `)}
      order by "order", name, id
      limit ${page.limit} offset ${page.skip}
    ), below as (
      select id as root, id from wanted
      union
      select below.root, c.id from below join catalog.categories c on c.parent_id = below.id
    ), counted as (
      select below.root, count(p.id) as products_count
      from below join catalog.v_listed_products p on p.category_id = below.id
      group by below.root
    )
    select wanted.*, coalesce(counted.products_count, 0) as products_count
    from wanted left join counted on counted.root = wanted.id
    order by wanted."order", wanted.name, wanted.id`.execute(db)
  const total = rows[0]?.total ?? (page.skip === 0 ? 0 : await countCategories(db, filter))
  return { categories: rows.map(({ total: _total, ...category }) => category), total }
}

function conditions(filter: CategoryFilter) {
  return [
    sql`true`,
    ...(filter.id === undefined ? [] : [sql`id = ${filter.id}`]),
    ...(filter.is_active === undefined ? [] : [sql`is_active = ${filter.is_active}`]),
    ...(filter.parent_id === undefined ? [] : [sql`parent_id = ${filter.parent_id}`]),
  ]
}

/** For a page beyond the end, whose rows cannot carry the total. */
async function countCategories(db: Reader, filter: CategoryFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from catalog.categories where ${sql.join(conditions(filter), sql` and `)}`.execute(
    db,
  )
  return rows[0]?.total ?? 0
}

export async function findCategory(db: Reader, id: number): Promise<CountedCategory | null> {
  const { categories } = await listCategories(db, { id }, { skip: 0, limit: 1 })
  return categories[0] ?? null
}

export async function isActiveCategory(db: Reader, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('catalog.categories')
    .select('id')
    .where('id', '=', id)
    .where('is_active', '=', true)
    .executeTakeFirst()
  return row !== undefined
}

/** Changes of the tree wait for each other: two moves at once could close a cycle that neither sees. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`lock table catalog.categories in share row exclusive mode`.execute(tx)
}

export async function categoryById(tx: Tx, id: number): Promise<Category | null> {
  const row = await tx
    .selectFrom('catalog.categories')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** True when `id` is `ancestor_id` or lies below it. */
export async function liesWithin(tx: Tx, id: number, ancestor_id: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with recursive above as (
      select id, parent_id from catalog.categories where id = ${id}
      union
      select c.id, c.parent_id from catalog.categories c join above on above.parent_id = c.id
    )
    select exists (select from above where id = ${ancestor_id}) as found`.execute(tx)
  return rows[0]?.found === true
}

export type CategoryValues = Omit<Category, 'id' | 'created_at' | 'updated_at'>

export async function insertCategory(tx: Tx, values: CategoryValues, now: Date): Promise<number> {
  const row = await tx
    .insertInto('catalog.categories')
    .values({ ...values, created_at: now, updated_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function changeCategory(
  tx: Tx,
  id: number,
  values: Partial<CategoryValues>,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('catalog.categories')
    .set({ ...values, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Cards lose the category by the foreign key; children go to the deleted one's parent (contract 4.11). */
export async function deleteCategoryRow(tx: Tx, category: Category, now: Date): Promise<void> {
  await tx
    .updateTable('catalog.categories')
    .set({ parent_id: category.parent_id, updated_at: now })
    .where('parent_id', '=', category.id)
    .execute()
  await tx.deleteFrom('catalog.categories').where('id', '=', category.id).execute()
}
