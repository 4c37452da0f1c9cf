import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rejectProduct } from '#domains/moderation/public.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'

let app: TestApp
let admin: GivenUser
let shop: GivenShop

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.given.admin()
  shop = await app.given.shop()
})
afterAll(() => app.stop())

type Item = Record<string, unknown>
async function get(path: string, auth: Record<string, string>) {
  const response = await app.http.inject({ url: `/api/v1${path}`, headers: auth })
  const body = response.json<{ items: Item[]; total: number; page: number; page_size: number }>()
  return { status: response.statusCode, body }
}
const logs = (query = '') => get(`/admin/audit-logs${query}`, admin.auth)

test('an approval is on record with actor, object, values before and after, address, program and request (L-01)', async () => {
  const product = await app.given.product({ shop, listed: false })
  const approved = await app.http.inject({
    method: 'POST',
    url: `/api/v1/admin/moderation/${product.id}/approve`,
    headers: { ...admin.auth, 'user-agent': 'Panel/1.0' },
    remoteAddress: '10.9.8.7',
    payload: { notes: 'fine' },
  })
  expect(approved.statusCode).toBe(200)
  const { status, body } = await logs(`?entity_type=product&entity_id=${product.id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ total: 1, page: 1, page_size: 50 })
  expect(body.items[0]).toEqual({
    id: expect.any(Number),
    user_id: admin.user_id,
    shop_id: null,
    actor_name: 'Aida',
    action: 'moderation.product_approved',
    entity_type: 'product',
    entity_id: product.id,
    entity_name: product.name,
    old_values: { moderation_status: 'pending', is_active: expect.any(Boolean) },
    new_values: expect.objectContaining({ moderation_status: 'approved', notes: 'fine' }),
    ip_address: '10.9.8.7',
    user_agent: 'Panel/1.0',
    request_id: approved.headers['x-request-id'],
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
  })
})

test('filters by actor, action, object and period hold together; the newest comes first', async () => {
  const other = await app.given.admin()
  for (let i = 0; i < 3; i += 1) await app.given.product({ shop, admin: other })
  const { body } = await logs(`?actor_id=${other.user_id}&actor_type=user&action=moderation.product_approved`)
  expect(body.total).toBe(3)
  const ids = body.items.map((item) => Number(item.id))
  expect(ids).toEqual([...ids].sort((a, b) => b - a))
  const newest = String(body.items[0]?.created_at)
  const oldest = String(body.items[2]?.created_at)
  const narrowed = await logs(
    `?actor_id=${other.user_id}&actor_type=user&action=moderation.product_approved&from=${oldest}&to=${newest}`,
  )
  expect(narrowed.body.items.map((item) => item.id)).toEqual(ids.slice(1))
  expect((await logs('?action=moderation.product')).body.total).toBe(0)
})

test('the number of a user never stands for a shop with the same number when the type is given', async () => {
  const twin = await app.given.shop()
  const as_user = await logs(`?actor_id=${twin.shop_id}&actor_type=user`)
  for (const item of as_user.body.items) expect(item).toMatchObject({ user_id: twin.shop_id, shop_id: null })
  const as_shop = await logs(`?actor_id=${twin.shop_id}&actor_type=shop`)
  expect(as_shop.body.total).toBeGreaterThan(0)
  for (const item of as_shop.body.items) expect(item).toMatchObject({ user_id: null, shop_id: twin.shop_id })
})

test('pages neither repeat nor leave out a row', async () => {
  const all = (await logs('?action=identity.signed_in&limit=100')).body
  const parts = await Promise.all(
    [0, 2, 4].map((skip) => logs(`?action=identity.signed_in&limit=2&skip=${skip}`)),
  )
  expect(parts.flatMap((part) => part.body.items)).toEqual(all.items.slice(0, 6))
  expect(parts.map((part) => part.body.page)).toEqual([1, 2, 3])
})

test('rows about an account bear the name of whoever it belongs to', async () => {
  const own = await app.given.shop({ shop_name: 'Named shop' })
  const { body } = await logs(`?entity_type=account&entity_id=${own.account_id}`)
  expect(body.items[0]).toMatchObject({ entity_name: 'Named shop', actor_name: 'Named shop' })
})

test('of a long trail no more than 10 000 rows are counted, and its pages go on', async () => {
  const owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
  await owner.query('alter table audit.logs disable trigger user')
  await owner.query(
    `insert into audit.logs (action, entity_type, entity_id, created_at, previous_hash, hash)
     select 'test.many', 'shop', $1, timestamptz '2020-01-01' + n * interval '1 second', sha256(n::text::bytea), sha256(n::text::bytea)
     from generate_series(1, 10050) n`,
    [shop.shop_id],
  )
  await owner.query('alter table audit.logs enable trigger user')
  await owner.end()
  for (const query of ['?action=test.many', '?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z', '']) {
    expect((await logs(query)).body.total).toBe(10_001)
  }
  expect((await logs('?action=test.many&skip=10040&limit=50')).body.items).toHaveLength(10)
  expect((await get('/shops/me/audit-logs?limit=1', shop.auth)).body.total).toBe(10_001)
})

test.each([
  '?limit=101',
  '?skip=-1',
  '?from=yesterday',
  '?entity_id=0',
  '?action=%25',
  '?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z',
])('%s is refused with 422', async (query) => {
  expect((await logs(query)).status).toBe(422)
})

test('nobody but an admin reads the trail', async () => {
  const user = await app.given.user()
  expect((await get('/admin/audit-logs', user.auth)).status).toBe(403)
  expect((await get('/admin/audit-logs', shop.auth)).status).toBe(403)
  expect((await get('/admin/audit-logs', {})).status).toBe(401)
})

test('a shop sees what was done to its cards and itself, and of the staff neither id nor address', async () => {
  const [mine, foreign] = [await app.given.shop(), await app.given.shop()]
  const card = await app.given.product({ shop: mine, listed: false })
  await app.given.product({ shop: foreign, admin })
  await rejectProduct(app.media, admin.actor, {
    product_id: card.id,
    notes: 'blurred',
    call: { request_id: 'r', ip: '10.1.1.1', user_agent: 'Panel' },
  })
  const { status, body } = await get('/shops/me/audit-logs', mine.auth)
  expect(status).toBe(200)
  const rejected = body.items.find((item) => item.action === 'moderation.product_rejected')
  expect(rejected).toEqual({
    id: expect.any(Number),
    action: 'moderation.product_rejected',
    entity_type: 'product',
    entity_id: card.id,
    old_values: expect.any(Object),
    new_values: { moderation_status: 'rejected', is_active: false, notes: 'blurred' },
    created_at: expect.any(String),
    actor: 'staff',
    entity_name: card.name,
    entity_gone: false,
  })
  for (const item of body.items)
    expect([`shop:${mine.shop_id}`, `product:${card.id}`]).toContain(`${item.entity_type}:${item.entity_id}`)
  expect(body.total).toBe(body.items.length)
  expect((await get('/shops/me/audit-logs', admin.auth)).status).toBe(403)
})

test('a card that its shop deleted stays in the shop’s trail, with its last name', async () => {
  const own = await app.given.shop()
  const card = await app.given.product({ shop: own, name: 'Old coat', admin })
  const gone = await app.http.inject({
    method: 'DELETE',
    url: `/api/v1/products/${card.id}`,
    headers: own.auth,
  })
  expect(gone.statusCode).toBe(200)
  const { body } = await get('/shops/me/audit-logs', own.auth)
  expect(body.items.find((item) => item.action === 'catalog.product_deleted')).toMatchObject({
    entity_id: card.id,
    entity_name: 'Old coat',
    entity_gone: true,
    actor: 'shop',
  })
  const approved = { action: 'moderation.product_approved', entity_name: 'Old coat', entity_gone: true }
  expect(body.items).toContainEqual(expect.objectContaining(approved))
  const { body: all } = await logs(`?entity_type=product&entity_id=${card.id}`)
  expect(all.items.map((item) => [item.entity_name, item.actor_name])).toEqual([
    ['Old coat', expect.any(String)],
    ['Old coat', 'Aida'],
  ])
})
