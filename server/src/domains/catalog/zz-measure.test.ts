import pg from 'pg'
import { test } from 'vitest'
import { startTestApp } from '#test/app.ts'
import { searchProducts, NEWEST_FIRST } from './queries/search.ts'
import { listCategories } from './queries/categories.ts'

test('measure', async () => {
  const app = await startTestApp()
  const shop = await app.given.shop()
  const owner = new pg.Client({ connectionString: app.owner_url }); await owner.connect()
  await owner.query(`insert into catalog.categories (name, slug) select 'c'||i, 'c'||i from generate_series(1,12) i`)
  await owner.query(`insert into catalog.products (shop_id, category_id, name, description, price_cents, images, is_active, moderation_status, created_at, rent_expires_at, views_count)
    select ${shop.shop_id}, (select min(id) from catalog.categories) + i % 12, 'Платье летнее ' || md5(i::text), 'Описание товара ' || md5((i*7)::text) || repeat(' текст', 20), 100 + i % 9000, array['/media/' || md5(i::text) || '/original.webp'], true, case when i % 20 = 0 then 'pending' else 'approved' end, now() - i * interval '1 minute', now() + interval '30 days', i % 500
    from generate_series(1, 50000) i`)
  await owner.query('analyze')
  const time = async (name: string, work: () => Promise<unknown>, n = 40) => {
    await work(); const times: number[] = []
    for (let i = 0; i < n; i++) { const t = performance.now(); await work(); times.push(performance.now() - t) }
    times.sort((a, b) => a - b); console.log(name, 'p50', times[n >> 1]?.toFixed(1), 'p95', times[Math.floor(n * .95)]?.toFixed(1))
  }
  const L = { scope: 'listed' as const }
  await time('list 50', () => searchProducts(app.db, L, NEWEST_FIRST, { skip: 0, limit: 50 }))
  await time('list skip 20000', () => searchProducts(app.db, L, NEWEST_FIRST, { skip: 20000, limit: 50 }))
  await time('price asc', () => searchProducts(app.db, L, { by: 'price', order: 'asc' }, { skip: 0, limit: 50 }))
  await time('views', () => searchProducts(app.db, L, { by: 'views_count', order: 'desc' }, { skip: 0, limit: 50 }))
  await time('text rare', () => searchProducts(app.db, { ...L, text: { contains: 'c4ca4238a0', in: 'name_or_description' } }, NEWEST_FIRST, { skip: 0, limit: 50 }))
  await time('text common', () => searchProducts(app.db, { ...L, text: { contains: 'платье', in: 'name' } }, NEWEST_FIRST, { skip: 0, limit: 50 }), 10)
  await time('category', () => searchProducts(app.db, { ...L, category_id: 3 }, NEWEST_FIRST, { skip: 0, limit: 50 }))
  await time('categories', () => listCategories(app.db, {}, { skip: 0, limit: 100 }))
  for (const count of [1]) {
    const spy: string[] = []
    const real = pg.Client.prototype.query
    // biome-ignore lint/suspicious/noExplicitAny: measurement
    pg.Client.prototype.query = function (this: any, ...a: any[]) { spy.push(JSON.stringify([a[0], a[1]])); return (real as any).apply(this, a) } as any
    await searchProducts(app.db, L, NEWEST_FIRST, { skip: 0, limit: 50 })
    pg.Client.prototype.query = real
    console.log(spy[0]?.slice(0, 300))
    const [text, values] = JSON.parse(spy[0] ?? '[]')
    const plan = await app.pool.query('explain (analyze, buffers off) ' + text, values)
    console.log(plan.rows.map((r) => r['QUERY PLAN']).join('\n'))
    await time('raw unnamed', () => app.pool.query(text, values))
    await time('raw named', () => app.pool.query({ name: 'x', text, values }))
    await owner.query('delete from catalog.products where id > 100'); await owner.query('vacuum analyze')
    await time('small: kysely', () => searchProducts(app.db, L, NEWEST_FIRST, { skip: 0, limit: 50 }), 300)
    await time('small: raw unnamed', () => app.pool.query(text, values), 300)
    await time('small: raw named', () => app.pool.query({ name: 'x', text, values }), 300)
    await time('small: http', () => app.http.inject('/api/v1/products'), 300)
  }
  await owner.end()
  await app.stop()
}, 300000)
