import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'

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
  const { rows: found } = await sql`
    select (select json_agg(c order by id) from catalog.categories c) as categories, (select count(*)::int from audit.logs) as audit`.execute(
    app.db,
  )
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
