import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { insertReview } from './public.ts'

let app: TestApp
let admin: GivenUser
let shop: GivenShop

beforeAll(async () => {
  app = await startTestApp()
  ;[admin, shop] = [await app.given.admin(), await app.given.shop()]
})
afterAll(() => app.stop())

type Auth = { authorization?: string }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

const call = (method: Method, url: string, auth: Auth = {}, payload?: object) =>
  app.http.inject({
    method,
    url: `/api/v1${url}`,
    headers: auth,
    ...(payload === undefined ? {} : { payload }),
  })

async function category(name: string, more: object = {}): Promise<number> {
  const answer = await call('POST', '/categories', admin.auth, { name, slug: name.toLowerCase(), ...more })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json().id
}

async function rows() {
  const { rows: found } = await app.pool.query(`
    select (select json_agg(c order by id) from catalog.categories c) as categories, (select count(*)::int from audit.logs) as audit`)
  return found[0]
}

describe('categories', () => {
  test('are created by an admin, with an audit row', async () => {
    const answer = await call('POST', '/categories', admin.auth, {
      name: 'Платья',
      slug: 'dresses',
      icon_url: '/media/icon.webp',
      order: 3,
    })
    expect(answer.statusCode).toBe(201)
    const made = answer.json()
    expect(made).toEqual({
      id: made.id,
      name: 'Платья',
      slug: 'dresses',
      description: null,
      icon_url: 'http://localhost:8000/media/icon.webp',
      parent_id: null,
      order: 3,
      is_active: true,
      created_at: app.clock.now().toISOString(),
      updated_at: app.clock.now().toISOString(),
      products_count: 0,
    })
    const audit = await app.db
      .selectFrom('audit.logs')
      .selectAll()
      .where('entity_type', '=', 'category')
      .where('entity_id', '=', made.id)
      .execute()
    expect(audit).toMatchObject([
      { action: 'catalog.category_created', user_id: admin.user_id, new_values: { slug: 'dresses' } },
    ])
  })

  test('are listed by order, then name, with filters and the number of listed cards in and below each', async () => {
    const parent = await category('Zeta', { order: -5 })
    const child = await category('Beta', { order: -5, parent_id: parent })
    const off = await category('Alpha', { order: -5, is_active: false })
    const product = (category_id: number, listed = true) =>
      app.given.product({ shop, admin, category_id, listed, images: 0 })
    await Promise.all([product(parent), product(child), product(child), product(child, false)])
    const list = async (query: string) => {
      const { categories, total } = (await call('GET', `/categories${query}`)).json()
      return [
        categories.map((row: { id: number; products_count: number }) => [row.id, row.products_count]),
        total,
      ]
    }
    expect((await list('?limit=3'))[0]).toEqual([
      [off, 0],
      [child, 2],
      [parent, 3],
    ])
    expect(await list(`?parent_id=${parent}`)).toEqual([[[child, 2]], 1])
    expect(await list('?is_active=false')).toEqual([[[off, 0]], 1])
    expect(await list('?is_active=false&skip=5')).toEqual([[], 1])
    expect((await call('GET', `/categories/${parent}`)).json().products_count).toBe(3)
    expect((await call('GET', `/categories/${parent}/`)).statusCode).toBe(200)
  })

  test('change only in the given fields; null clears', async () => {
    const id = await category('Hats', { description: 'All hats', order: 4 })
    const answer = await call('PUT', `/categories/${id}`, admin.auth, { description: null, is_active: false })
    expect(answer.json()).toMatchObject({ name: 'Hats', description: null, order: 4, is_active: false })
    const audit = await app.db
      .selectFrom('audit.logs')
      .selectAll()
      .where('entity_id', '=', id)
      .where('action', '=', 'catalog.category_changed')
      .execute()
    expect(audit).toMatchObject([
      {
        old_values: { description: 'All hats', is_active: true },
        new_values: { description: null, is_active: false },
      },
    ])
  })

  test('leave their cards and children behind: cards lose the category, children move up', async () => {
    const top = await category('Top')
    const middle = await category('Middle', { parent_id: top })
    const bottom = await category('Bottom', { parent_id: middle })
    const product = await app.given.product({ shop, admin, category_id: middle, images: 0 })
    const answer = await call('DELETE', `/categories/${middle}`, admin.auth)
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    expect((await call('GET', `/categories/${middle}`)).statusCode).toBe(404)
    expect((await call('GET', `/categories/${bottom}`)).json().parent_id).toBe(top)
    expect((await call('GET', `/products/${product.id}`)).json()).toMatchObject({
      category_id: null,
      moderation_status: 'approved',
    })
  })

  test('two moves at once cannot close a cycle', async () => {
    const [one, two] = [await category('One'), await category('Two')]
    const answers = await Promise.all([
      call('PUT', `/categories/${one}`, admin.auth, { parent_id: two }),
      call('PUT', `/categories/${two}`, admin.auth, { parent_id: one }),
    ])
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 422])
  })
})

describe('what is refused writes nothing', () => {
  test.each<[string, Method, (id: number) => string, object | undefined, number, string, string | undefined]>(
    [
      [
        'taken name',
        'POST',
        () => '/categories',
        { name: 'Taken', slug: 'free' },
        409,
        'already_exists',
        undefined,
      ],
      [
        'taken slug',
        'POST',
        () => '/categories',
        { name: 'Free', slug: 'taken' },
        409,
        'already_exists',
        undefined,
      ],
      [
        'taken name of another',
        'PUT',
        (id) => `/categories/${id}`,
        { name: 'Taken' },
        409,
        'already_exists',
        undefined,
      ],
      [
        'unknown parent',
        'POST',
        () => '/categories',
        { name: 'A', slug: 'a', parent_id: 999_999 },
        422,
        'validation_failed',
        'unknown_parent',
      ],
      [
        'unknown new parent',
        'PUT',
        (id) => `/categories/${id}`,
        { parent_id: 999_999 },
        422,
        'validation_failed',
        'unknown_parent',
      ],
      [
        'itself as parent',
        'PUT',
        (id) => `/categories/${id}`,
        { parent_id: 'self' },
        422,
        'validation_failed',
        'cycle',
      ],
      [
        'its child as parent',
        'PUT',
        (id) => `/categories/${id}`,
        { parent_id: 'child' },
        422,
        'validation_failed',
        'cycle',
      ],
      [
        'slug with a blank',
        'POST',
        () => '/categories',
        { name: 'A', slug: 'a b' },
        422,
        'validation_failed',
        'bad_format',
      ],
      [
        'capitals in the slug',
        'POST',
        () => '/categories',
        { name: 'A', slug: 'Abc' },
        422,
        'validation_failed',
        'bad_format',
      ],
      [
        'script as icon',
        'POST',
        () => '/categories',
        { name: 'A', slug: 'a', icon_url: 'javascript:alert(1)' },
        422,
        'validation_failed',
        'bad_format',
      ],
      [
        'long name',
        'POST',
        () => '/categories',
        { name: 'x'.repeat(101), slug: 'a' },
        422,
        'validation_failed',
        'too_long',
      ],
      [
        'unknown field',
        'POST',
        () => '/categories',
        { name: 'A', slug: 'a', id: 7 },
        422,
        'validation_failed',
        'unknown_field',
      ],
      ['nothing to change', 'PUT', (id) => `/categories/${id}`, {}, 422, 'validation_failed', 'empty'],
      ['unknown category', 'PUT', () => '/categories/999999', { name: 'A' }, 404, 'not_found', undefined],
      ['unknown category', 'DELETE', () => '/categories/999999', undefined, 404, 'not_found', undefined],
    ],
  )('%s (%s)', async (name, method, url, body, status, code, field_code) => {
    const unique = `c${Math.random().toString(36).slice(2)}`
    if (name.startsWith('taken')) await category('Taken').catch(() => undefined)
    const id = await category(unique)
    const child = await category(`${unique}-child`, { parent_id: id })
    const parents: Record<string, number> = { self: id, child }
    const payload =
      body && 'parent_id' in body
        ? { ...body, parent_id: parents[String(body.parent_id)] ?? body.parent_id }
        : body
    const before = await rows()
    const answer = await call(method, url(id), admin.auth, payload)
    expect([answer.statusCode, answer.json().code, answer.json().errors?.[0]?.code]).toEqual([
      status,
      code,
      field_code,
    ])
    expect(await rows()).toEqual(before)
  })

  test.each([
    ['guest', 401],
    ['user', 403],
    ['shop', 403],
  ])('%s may look but not touch', async (who, status) => {
    const id = await category(`for-${who}`)
    const auth: Auth = who === 'guest' ? {} : who === 'user' ? (await app.given.user()).auth : shop.auth
    expect((await call('GET', `/categories/${id}`, auth)).statusCode).toBe(200)
    const before = await rows()
    const answers = await Promise.all([
      call('POST', '/categories', auth, { name: 'Mine', slug: 'mine' }),
      call('PUT', `/categories/${id}`, auth, { name: 'Mine' }),
      call('DELETE', `/categories/${id}`, auth),
    ])
    expect(answers.map((answer) => answer.statusCode)).toEqual([status, status, status])
    expect(await rows()).toEqual(before)
  })
})

describe('reviews', () => {
  test('are listed newest first, counted, and averaged on the card', async () => {
    const card = await app.given.product({ shop, admin, images: 0 })
    const people = [
      await app.given.user({ name: 'Aida' }),
      await app.given.user({ name: 'Bek' }),
      await app.given.user({ name: 'Gul' }),
    ]
    for (const [index, person] of people.entries()) {
      const created_at = new Date(Date.UTC(2026, 0, 1 + index))
      const review = {
        user_id: person.user_id,
        product_id: card.id,
        rating: [5, 4, 5][index] ?? 1,
        comment: index === 0 ? 'Отлично' : null,
        created_at,
      }
      await inTransaction(app.db, (tx) => insertReview(tx, review))
    }
    const list = (await call('GET', `/products/${card.id}/reviews`)).json()
    expect(list.map((review: { user_name: string }) => review.user_name)).toEqual(['Gul', 'Bek', 'Aida'])
    expect(list[2]).toEqual({
      id: list[2].id,
      user_id: people[0]?.user_id,
      product_id: card.id,
      rating: 5,
      comment: 'Отлично',
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      user_name: 'Aida',
      user_avatar: null,
    })
    expect((await call('GET', `/products/${card.id}/reviews?skip=1&limit=1`)).json()).toHaveLength(1)
    expect((await call('GET', `/products/${card.id}/reviews/stats`)).json()).toEqual({
      product_id: card.id,
      total_reviews: 3,
      average_rating: 4.67,
      rating_distribution: { '5': 2, '4': 1, '3': 0, '2': 0, '1': 0 },
    })
    expect((await call('GET', `/products/${card.id}`)).json()).toMatchObject({
      average_rating: 4.67,
      reviews_count: 3,
    })
  })

  test('without any the figures are zeros', async () => {
    const card = await app.given.product({ shop, admin, images: 0 })
    expect((await call('GET', `/products/${card.id}/reviews/stats`)).json()).toEqual({
      product_id: card.id,
      total_reviews: 0,
      average_rating: 0,
      rating_distribution: { '5': 0, '4': 0, '3': 0, '2': 0, '1': 0 },
    })
  })

  test('one per person and card, also of many at once', async () => {
    const card = await app.given.product({ shop, admin, images: 0 })
    const { user_id } = await app.given.user()
    const write = () =>
      inTransaction(app.db, (tx) =>
        insertReview(tx, { user_id, product_id: card.id, rating: 3, comment: null, created_at: new Date() }),
      )
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, write))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    )
    expect(refusals).toEqual(Array(4).fill('already_exists'))
    expect((await call('GET', `/products/${card.id}`)).json().reviews_count).toBe(1)
  })

  test('of a card that the caller may not see are 404', async () => {
    const card = await app.given.product({ shop, admin, listed: false, images: 0 })
    const of = async (auth: Auth) => [
      (await call('GET', `/products/${card.id}/reviews`, auth)).statusCode,
      (await call('GET', `/products/${card.id}/reviews/stats`, auth)).statusCode,
    ]
    expect(await of({})).toEqual([404, 404])
    expect(await of(shop.auth)).toEqual([200, 200])
    expect((await call('GET', '/products/999999/reviews')).statusCode).toBe(404)
  })
})
