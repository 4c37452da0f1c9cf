import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { insertReview } from './public.ts'

let app: TestApp
let shop: GivenShop
let other_shop: GivenShop
let admin: GivenUser
let person: GivenUser
const ids: Record<string, number> = {}
const categories: Record<string, number> = {}

type Auth = { authorization?: string }

/** Ten cards with prices, categories, texts; three of them not listed. */
beforeAll(async () => {
  app = await startTestApp()
  ;[admin, person] = [await app.given.admin(), await app.given.user()]
  ;[shop, other_shop] = [await app.given.shop(), await app.given.shop({ shop_name: 'Umai' })]
  for (const [name, parent] of [
    ['clothes', null],
    ['dresses', 'clothes'],
    ['evening', 'dresses'],
    ['shoes', null],
  ] as const) {
    const values = { name, slug: name, parent_id: parent === null ? null : (categories[parent] ?? 0) }
    const row = await app.db
      .insertInto('catalog.categories')
      .values(values)
      .returning('id')
      .executeTakeFirstOrThrow()
    categories[name] = row.id
  }
  await add('red', { name: 'Красное ПЛАТЬЕ', price: 30, category: 'evening' })
  await add('blue', { name: 'Синее платье', price: 20, category: 'dresses', description: 'Лёгкое, из льна' })
  await add('coat', { name: 'Пальто', price: 120, category: 'clothes', description: 'Поверх платья' })
  await add('boots', { name: 'Boots', price: 80, category: 'shoes' })
  await add('percent', { name: '100% cotton', price: 10 })
  await add('under', { name: 'under_score', price: 10 })
  await add('slash', { name: 'back\\slash', price: 10 })
  await add('other', { name: 'Shirt', price: 15, of: () => other_shop })
  await add('waiting', { name: 'Waiting платье', price: 5, listed: false, category: 'dresses' })
  await add('rejected', { name: 'Rejected платье', price: 5, listed: false })
  await app.db
    .updateTable('catalog.products')
    .set({ moderation_status: 'rejected' })
    .where('id', '=', ids.rejected ?? 0)
    .execute()
  await add('off', { name: 'Switched off платье', price: 5 })
  await app.db
    .updateTable('catalog.products')
    .set({ is_active: false })
    .where('id', '=', ids.off ?? 0)
    .execute()
  const figures: [string, number, number][] = [
    ['red', 5, 1],
    ['blue', 9, 7],
    ['coat', 9, 2],
  ]
  for (const [key, views_count, purchases_count] of figures) {
    await app.db
      .updateTable('catalog.products')
      .set({ views_count, purchases_count })
      .where('id', '=', ids[key] ?? 0)
      .execute()
  }
})
afterAll(() => app.stop())

type Card = {
  name: string
  price: number
  category?: string
  description?: string
  listed?: boolean
  of?: () => GivenShop
}

async function add(key: string, { of = () => shop, category, description, ...card }: Card) {
  const category_id = category === undefined ? {} : { category_id: categories[category] ?? 0 }
  const product = await app.given.product({ shop: of(), images: 0, admin, ...card, ...category_id })
  ids[key] = product.id
  if (description)
    await app.db.updateTable('catalog.products').set({ description }).where('id', '=', product.id).execute()
}

async function found(url: string, auth: Auth = {}): Promise<string[]> {
  const answer = await app.http.inject({ url: `/api/v1${url}`, headers: auth })
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
  const products: { id: number }[] = Array.isArray(answer.json()) ? answer.json() : answer.json().products
  return products.map(({ id }) => Object.keys(ids).find((key) => ids[key] === id) ?? '?')
}

const search = (query: string, auth: Auth = {}) => found(`/products/search?${query}`, auth)
const LISTED_NEWEST_FIRST = ['other', 'slash', 'under', 'percent', 'boots', 'coat', 'blue', 'red']

describe('the catalogue', () => {
  test('holds listed cards only, newest first, for everybody', async () => {
    for (const auth of [{}, person.auth, shop.auth, admin.auth])
      expect(await found('/products', auth)).toEqual(LISTED_NEWEST_FIRST)
  })

  test('is paged with an envelope; a page beyond the end is empty and still knows the total', async () => {
    const page = async (query: string) => {
      const { products, ...envelope } = (await app.http.inject(`/api/v1/products?${query}`)).json()
      return [products.length, envelope]
    }
    expect(await page('')).toEqual([8, { total: 8, page: 1, page_size: 50 }])
    expect(await page('skip=3&limit=3')).toEqual([3, { total: 8, page: 2, page_size: 3 }])
    expect(await page('skip=100&limit=3')).toEqual([0, { total: 8, page: 34, page_size: 3 }])
  })

  test('can be narrowed to a name, a shop, a category with everything below it', async () => {
    expect(await found(`/products?search=${encodeURIComponent('платье')}`)).toEqual(['blue', 'red'])
    expect(await found(`/products?shop_id=${other_shop.shop_id}`)).toEqual(['other'])
    expect(await found(`/products?category_id=${categories.clothes}`)).toEqual(['coat', 'blue', 'red'])
    expect(await found(`/products?category_id=${categories.dresses}`)).toEqual(['blue', 'red'])
    expect(await found('/products?category_id=999999')).toEqual([])
  })

  test.each([
    'skip=-1',
    'limit=0',
    'limit=101',
    'limit=100000',
    'limit=ten',
    'skip=1e9',
    'category_id=0',
    'shop_id=abc',
    `search=${'x'.repeat(201)}`,
    'search=%00',
  ])('%s is refused with 422', async (query) => {
    const answer = await app.http.inject(`/api/v1/products?${query}`)
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'validation_failed'])
  })

  test.each([
    'search=%00',
    "search=' or 1=1 --",
    'search=%F0%9F%91%97',
    'search=%ED%A0%80',
    "search=\\'; drop table catalog.products",
  ])('hostile text never breaks it: %s', async (query) => {
    const answer = await app.http.inject(`/api/v1/products?${query}`)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.body).not.toMatch(/syntax|select|pg_|stack/i)
  })
})

describe('search', () => {
  test('finds in name and description, in any case, anywhere in the word', async () => {
    expect(await search(`query=${encodeURIComponent('ПЛАТЬ')}`)).toEqual(['coat', 'blue', 'red'])
    expect(await search(`query=${encodeURIComponent('льна')}`)).toEqual(['blue'])
    expect(await search('query=')).toEqual(LISTED_NEWEST_FIRST)
  })

  test('a text across the end of the name and the start of the description is no match', async () => {
    expect(await search(`query=${encodeURIComponent('платье Лёгкое')}`)).toEqual([])
  })

  test.each([
    ['%25', ['percent']],
    ['_', ['under']],
    ['%5C', ['slash']],
    ['100%25', ['percent']],
    ['%25%25', []],
  ])('is literal: %s', async (query, expected) => {
    expect(await search(`query=${query}`)).toEqual(expected)
    expect(await found(`/products?search=${query}`)).toEqual(expected)
  })

  test('by price, from and to included', async () => {
    expect(await search('min_price=20&max_price=80')).toEqual(['boots', 'blue', 'red'])
    expect(await search('min_price=80.01')).toEqual(['coat'])
    expect(await search('max_price=0')).toEqual([])
  })

  test('by average rating', async () => {
    const rate = async (key: string, ratings: number[]) => {
      for (const rating of ratings) {
        const { user_id } = await app.given.user()
        const review = { user_id, product_id: ids[key] ?? 0, rating, comment: null, created_at: new Date() }
        await inTransaction(app.db, (tx) => insertReview(tx, review))
      }
    }
    await rate('red', [4, 5])
    await rate('blue', [4, 4])
    expect(await search('min_rating=4')).toEqual(['blue', 'red'])
    expect(await search('min_rating=4.5')).toEqual(['red'])
    expect(await search('min_rating=4.51')).toEqual([])
    expect(await search('min_rating=0')).toEqual(LISTED_NEWEST_FIRST)
  })

  test.each([
    ['sort_by=price&sort_order=asc', ['percent', 'under', 'slash', 'other', 'blue', 'red', 'boots', 'coat']],
    ['sort_by=price', ['coat', 'boots', 'red', 'blue', 'other', 'slash', 'under', 'percent']],
    ['sort_by=views_count', ['coat', 'blue', 'red', 'other', 'slash', 'under', 'percent', 'boots']],
    ['sort_by=purchases_count', ['blue', 'coat', 'red', 'other', 'slash', 'under', 'percent', 'boots']],
    ['sort_by=created_at&sort_order=asc', [...LISTED_NEWEST_FIRST].reverse()],
  ])('%s, then by id in the same direction', async (query, expected) => {
    expect(await search(query)).toEqual(expected)
  })

  test.each([
    ['moderation_status=deleted', 'moderation_status'],
    ['sort_by=name', 'sort_by'],
    ['sort_by=id;drop', 'sort_by'],
    ['sort_order=up', 'sort_order'],
    ['min_price=50&max_price=10', 'min_price'],
    ['min_price=-1', 'min_price'],
    ['max_price=1.005', 'max_price'],
    ['min_rating=6', 'min_rating'],
    ['is_active=perhaps', 'is_active'],
  ])('%s is refused with 422', async (query, field) => {
    const answer = await app.http.inject(`/api/v1/products/search?${query}`)
    expect([answer.statusCode, answer.json().errors.map((error: { field: string }) => error.field)]).toEqual([
      422,
      [field],
    ])
  })

  test('filters by state are for admins and for a shop among its own cards; for everybody else only listed cards exist', async () => {
    const all = [...LISTED_NEWEST_FIRST.slice(1), 'waiting', 'rejected', 'off']
    const sorted = async (query: string, auth: Auth) => (await search(query, auth)).sort()
    for (const [who, auth] of [
      ['guest', {}],
      ['person', person.auth],
      ['other shop', other_shop.auth],
    ] as const) {
      for (const query of ['moderation_status=pending', 'moderation_status=rejected', 'is_active=false']) {
        expect([who, await search(`${query}&shop_id=${shop.shop_id}`, auth)]).toEqual([
          who,
          LISTED_NEWEST_FIRST.slice(1),
        ])
      }
    }
    expect(await search('moderation_status=pending', shop.auth)).toEqual(LISTED_NEWEST_FIRST)
    expect(await search(`moderation_status=pending&shop_id=${shop.shop_id}`, shop.auth)).toEqual(['waiting'])
    expect(
      await search(`is_active=false&moderation_status=approved&shop_id=${shop.shop_id}`, shop.auth),
    ).toEqual(['off'])
    expect(await sorted(`shop_id=${shop.shop_id}`, shop.auth)).toEqual([...all].sort())
    expect(await search('moderation_status=rejected', admin.auth)).toEqual(['rejected'])
    expect(await sorted('', admin.auth)).toEqual([...all, 'other'].sort())
  })
})

test('a shop lists its own cards in all states, newest first, by state and text', async () => {
  const own = (query = '') => found(`/shops/me/products${query}`, shop.auth)
  expect(await own()).toEqual([
    'off',
    'rejected',
    'waiting',
    'slash',
    'under',
    'percent',
    'boots',
    'coat',
    'blue',
    'red',
  ])
  expect(await own('?moderation_status=pending')).toEqual(['waiting'])
  expect(await own('?is_active=false&skip=1&limit=1')).toEqual(['rejected'])
  expect(await own(`?query=${encodeURIComponent('switched')}`)).toEqual(['off'])
  const refused = await Promise.all(
    [{}, person.auth].map((headers) => app.http.inject({ url: '/api/v1/shops/me/products', headers })),
  )
  expect(refused.map((answer) => answer.statusCode)).toEqual([401, 403])
})

describe('the number of statements does not grow with the page', () => {
  async function statements(url: string, auth: Auth = {}): Promise<number> {
    const request = () => app.http.inject({ url: `/api/v1${url}`, headers: auth })
    await request()
    await app.viewCounter.flush()
    const spy = vi.spyOn(pg.Client.prototype, 'query')
    const answer = await request()
    const texts = spy.mock.calls.map(([statement]) =>
      typeof statement === 'string' ? statement : JSON.stringify(statement),
    )
    spy.mockRestore()
    expect(answer.statusCode).toBe(200)
    return texts.filter((text) => /\bcatalog\b|\bmoderation\b/.test(text)).length
  }

  test.each([
    ['/products', 1, () => ({})],
    ['/products/search', 1, () => ({})],
    ['/categories', 1, () => ({})],
    ['/shops/me/products', 1, () => shop.auth],
    ['/admin/moderation/queue', 2, () => admin.auth],
  ])('%s: %i', async (url, count, auth) => {
    expect([
      await statements(`${url}?limit=1`, auth()),
      await statements(`${url}?limit=100`, auth()),
    ]).toEqual([count, count])
  })
})
