import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { auditOf, type Client, createClient, eventsOf } from '../test-support.ts'

let app: TestApp
let client: Client
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
  admin = await app.given.admin()
})
afterAll(() => app.stop())

const bulk = (shop_ids: number[], action: string, reason?: string) =>
  client.post(
    '/admin/shops/bulk-action',
    { shop_ids, action, ...(reason ? { reason } : {}) },
    { token: admin.token },
  )
const list = async (query: string) => (await client.get(`/admin/shops/all${query}`, admin.token)).body
const shopsOf = (body: Record<string, unknown>) => body.shops as Record<string, unknown>[]
const lastDeliveries = async (name: string) => {
  const row = await app.db
    .selectFrom('infra.outbox_events')
    .select('deliveries')
    .where('name', '=', name)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return row.deliveries as unknown as { to: string; data: Record<string, unknown> }[]
}

test('a blocked shop stays approved, only reads, knows why, and its cards leave the catalogue', async () => {
  const shop = await app.given.shop({ approved: true })
  const product = await app.given.product({ shop, listed: true })
  const { status, body } = await bulk([shop.shop_id], 'block', 'Copies of brands')
  expect([status, body]).toEqual([200, { message: 'Готово', success: [shop.shop_id], failed: [] }])
  expect((await client.get('/shops/me', shop.token)).body).toMatchObject({
    is_approved: true,
    is_active: false,
    is_blocked: true,
    block_reason: 'Copies of brands',
  })
  expect((await client.put('/shops/me', { is_active: true }, shop.token)).body.code).toBe('shop_blocked')
  expect((await client.get(`/products/${product.id}`)).status).toBe(404)
  expect((await client.get(`/shops/${shop.shop_id}`)).status).toBe(404)
  const deliveries = await lastDeliveries('shop.updated')
  expect(deliveries.map(({ to }) => to)).toEqual(['admins', `shop:${shop.shop_id}`, 'users'])
  expect(deliveries[2]?.data).toMatchObject({ action: 'status_changed', is_active: false })
  expect(deliveries[2]?.data).not.toHaveProperty('owner_name')
  expect((await eventsOf(app, 'identity.shop_blocked')).at(-1)).toEqual({
    shop_id: shop.shop_id,
    account_id: shop.account_id,
    reason: 'Copies of brands',
  })
  expect((await auditOf(app)).at(-1)).toBe('identity.shop_blocked')
})

test('approving lifts the block and the cards are back', async () => {
  const shop = await app.given.shop({ approved: true })
  const product = await app.given.product({ shop, listed: true })
  await bulk([shop.shop_id], 'block')
  expect((await bulk([shop.shop_id], 'approve')).body.success).toEqual([shop.shop_id])
  expect((await client.get('/shops/me', shop.token)).body).toMatchObject({
    is_active: true,
    is_blocked: false,
    block_reason: null,
  })
  expect((await client.get(`/products/${product.id}`)).status).toBe(200)
})

test('each of several shops is decided on by its own rule; the rest goes on', async () => {
  const [good, waiting] = [
    await app.given.shop({ approved: true }),
    await app.given.shop({ approved: false }),
  ]
  const { body } = await bulk([good.shop_id, waiting.shop_id, 999_999, good.shop_id], 'block')
  expect(body.success).toEqual([good.shop_id])
  expect(body.failed).toEqual([
    {
      shop_id: waiting.shop_id,
      code: 'invalid_state',
      error: 'Магазин не одобрен: его можно отклонить, но не заблокировать',
    },
    { shop_id: 999_999, code: 'not_found', error: expect.any(String) },
  ])
  expect((await client.get('/shops/me', waiting.token)).body.is_blocked).toBe(false)
})

test('blocking twice is one block and one record', async () => {
  const shop = await app.given.shop({ approved: true })
  await Promise.all(Array.from({ length: 10 }, () => bulk([shop.shop_id], 'block')))
  const rows = await app.db
    .selectFrom('audit.logs')
    .select('id')
    .where('action', '=', 'identity.shop_blocked')
    .where('entity_id', '=', shop.shop_id)
    .execute()
  expect(rows).toHaveLength(1)
})

test.each([[[]], [[0]], [Array.from({ length: 101 }, (_, i) => i + 1)]])(
  'a bulk action on %j is refused with 422',
  async (ids) => expect((await bulk(ids, 'block')).status).toBe(422),
)

test('the list filters by state, balance and text, counts cards, and each sort is total', async () => {
  const mark = 'Самал'
  const poor = await app.given.shop({ shop_name: `${mark} A`, approved: true, balance: 600 })
  const rich = await app.given.shop({ shop_name: `${mark} B`, approved: true, balance: 90_000 })
  await app.given.product({ shop: poor, listed: true })
  await app.given.product({ shop: poor, listed: false })
  const query = `?query=${encodeURIComponent('самал')}`
  const idsOf = async (more: string) => shopsOf(await list(`${query}${more}`)).map((shop) => shop.id)
  expect(await idsOf('&sort_by=balance&sort_order=asc')).toEqual([poor.shop_id, rich.shop_id])
  expect(await idsOf('&sort_by=shop_name&sort_order=desc')).toEqual([rich.shop_id, poor.shop_id])
  expect(await idsOf('&min_balance=1.01')).toEqual([rich.shop_id])
  expect(await idsOf('&max_balance=1')).toEqual([poor.shop_id])
  expect(await idsOf('&is_approved=false')).toEqual([])
  await bulk([rich.shop_id], 'block')
  expect(await idsOf('&is_blocked=true')).toEqual([rich.shop_id])
  expect(await idsOf('&is_active=true')).toEqual([poor.shop_id])
  const page = await list(`${query}&sort_by=shop_name&sort_order=asc&per_page=1`)
  expect(page).toMatchObject({ total: 2, page: 1, per_page: 1, total_pages: 2 })
  expect(shopsOf(page)[0]).toMatchObject({
    id: poor.shop_id,
    email: poor.email,
    owner_name: 'Dana',
    balance: 1,
    total_products: 2,
    active_products: 1,
    pending_products: 1,
    is_blocked: false,
  })
})

test('the short list has the five fields of the contract, newest first', async () => {
  const shop = await app.given.shop({ approved: true, balance: 250 })
  const { response } = await client.get('/admin/shops?limit=1', admin.token)
  expect(response.json()).toEqual([
    {
      id: shop.shop_id,
      shop_name: 'Tulpar',
      email: shop.email,
      balance: 2.5,
      created_at: expect.stringMatching(/Z$/),
    },
  ])
})
