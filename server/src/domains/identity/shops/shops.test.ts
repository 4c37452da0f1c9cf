import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { auditOf, type Client, createClient, eventsOf } from '../test-support.ts'
import { getShopForTrading } from './get-shop-for-trading.ts'

let app: TestApp
let client: Client
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
  admin = await app.given.admin()
})
afterAll(() => app.stop())

const approve = (shop_id: number, token = admin.token) =>
  client.post(`/admin/shops/${shop_id}/approve`, {}, { token })
const reject = (shop_id: number, reason = 'The address is missing', token = admin.token) =>
  client.post(`/admin/shops/${shop_id}/reject`, { reason }, { token })
const lastDeliveries = async (name: string) => {
  const row = await app.db
    .selectFrom('infra.outbox_events')
    .select('deliveries')
    .where('name', '=', name)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return row.deliveries as unknown as { to: string; data: Record<string, unknown> }[]
}
const block = (shop_id: number) =>
  app.db
    .updateTable('identity.shops')
    .set({ blocked_at: app.clock.now(), blocked_by: admin.user_id })
    .where('id', '=', shop_id)
    .execute()

test('an admin approves a shop: it is told, users hear of it without its owner, and it is on record', async () => {
  const shop = await app.given.shop({ approved: false })
  const { status, body } = await approve(shop.shop_id)
  expect([status, body]).toEqual([
    200,
    { message: 'Магазин одобрен', shop_id: shop.shop_id, shop_name: 'Tulpar' },
  ])
  expect((await client.get('/shops/me', shop.token)).body).toMatchObject({
    is_approved: true,
    is_active: true,
    rejection_reason: null,
  })
  expect((await eventsOf(app, 'identity.shop_approved')).at(-1)).toEqual({
    shop_id: shop.shop_id,
    account_id: shop.account_id,
  })
  const deliveries = await lastDeliveries('shop.approved')
  expect(deliveries.map((delivery) => delivery.to)).toEqual(['admins', `shop:${shop.shop_id}`, 'users'])
  expect(deliveries[1]?.data).toMatchObject({ owner_name: 'Dana', action: 'approved' })
  expect(deliveries[2]?.data).not.toHaveProperty('owner_name')
  expect((await auditOf(app)).at(-1)).toBe('identity.shop_approved')
})

test('approving twice writes nothing more', async () => {
  const shop = await app.given.shop({ approved: false })
  await approve(shop.shop_id)
  const before = (await eventsOf(app, 'identity.shop_approved')).length
  expect((await approve(shop.shop_id)).status).toBe(200)
  expect((await eventsOf(app, 'identity.shop_approved')).length).toBe(before)
})

test('an admin rejects with a reason; only the shop and admins hear of it, its cards leave the catalogue', async () => {
  const shop = await app.given.shop()
  await app.given.product({ shop, listed: true })
  expect((await client.get(`/shops/${shop.shop_id}`)).status).toBe(200)
  const { status, body } = await reject(shop.shop_id)
  expect([status, body.reason]).toEqual([200, 'The address is missing'])
  expect((await client.get(`/shops/${shop.shop_id}`)).status).toBe(404)
  const listed = await app.db
    .selectFrom('catalog.v_listed_products')
    .select('id')
    .where('shop_id', '=', shop.shop_id)
    .execute()
  expect(listed).toEqual([])
  expect((await lastDeliveries('shop.rejected')).map((delivery) => delivery.to)).toEqual([
    'admins',
    `shop:${shop.shop_id}`,
  ])
  expect((await eventsOf(app, 'identity.shop_rejected')).at(-1)).toMatchObject({
    shop_id: shop.shop_id,
    reason: 'The address is missing',
  })
})

test('a reason is 10 to 1000 characters, an unknown shop is not found, and only admins decide', async () => {
  const shop = await app.given.shop({ approved: false })
  const user = await app.given.user()
  expect((await reject(shop.shop_id, 'too short')).status).toBe(422)
  expect((await reject(shop.shop_id, 'x'.repeat(1_001))).status).toBe(422)
  expect([(await approve(999_999)).status, (await reject(999_999)).status]).toEqual([404, 404])
  expect((await approve(shop.shop_id, user.token)).status).toBe(403)
  expect((await approve(shop.shop_id, shop.token)).status).toBe(403)
  expect((await client.post(`/admin/shops/${shop.shop_id}/approve`, {})).status).toBe(401)
  expect((await client.get('/shops/me', shop.token)).body).toMatchObject({
    is_approved: false,
    rejection_reason: null,
  })
})

test('the waiting list holds new shops, rejected ones only when asked for', async () => {
  const [fresh, refused] = [
    await app.given.shop({ approved: false }),
    await app.given.shop({ approved: false }),
  ]
  await reject(refused.shop_id)
  const ids = async (query: string) => {
    const { response } = await client.get(`/admin/shops/pending${query}`, admin.token)
    return response.json<{ shops: { id: number }[] }>().shops.map((shop) => shop.id)
  }
  expect(await ids('')).toContain(fresh.shop_id)
  expect(await ids('')).not.toContain(refused.shop_id)
  expect((await ids('?include_rejected=true')).slice(0, 2)).toEqual([refused.shop_id, fresh.shop_id])
  const { body } = await client.get('/admin/shops/pending?per_page=1', admin.token)
  expect(body).toMatchObject({ page: 1, per_page: 1, total: expect.any(Number) })
  expect(Object.keys((body.shops as unknown as Record<string, unknown>[])[0] ?? {}).sort()).toEqual(
    'address avatar_url balance block_reason created_at description email id is_active is_approved is_blocked owner_name phone rejection_reason shop_name total_products updated_at'.split(
      ' ',
    ),
  )
})

test('a rejected shop that fills in what was missing is pending again; a change of its name is not enough', async () => {
  const shop = await app.given.shop({ approved: false })
  await reject(shop.shop_id)
  expect((await client.put('/shops/me', { shop_name: 'Tulpar 2' }, shop.token)).body.rejection_reason).toBe(
    'The address is missing',
  )
  expect((await client.put('/shops/me', { address: 'Алматы, Абая 1' }, shop.token)).body).toMatchObject({
    rejection_reason: null,
    is_approved: false,
  })
})

test('only given fields change, null clears, phone numbers are brought into one form', async () => {
  const shop = await app.given.shop()
  const put = (payload: Record<string, unknown>) => client.put('/shops/me', payload, shop.token)
  await put({
    description: 'Clothes',
    address: 'Almaty',
    phone: '+7 (701) 123-45-67',
    whatsapp_number: '+7_701_123 45 68',
  })
  const { body } = await put({ description: null })
  expect(body).toMatchObject({
    description: null,
    address: 'Almaty',
    phone: '+77011234567',
    whatsapp_number: '+77011234568',
  })
  expect((await put({ phone: '  ' })).body.phone).toBeNull()
  for (const phone of ['87011234567', '+123', '+1234567890123456', '+7701abc4567']) {
    expect((await put({ phone })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'phone', code: 'bad_format' }],
    })
  }
})

test.each([
  { is_approved: true },
  { balance: 5_000 },
  { email: 'other@example.com' },
  { rejection_reason: null },
  { blocked_at: null },
  { shop_name: null },
  { shop_name: '' },
  { description: 'x'.repeat(1_001) },
  { is_active: 'yes' },
])('PUT /shops/me refuses %j and changes nothing', async (payload) => {
  const shop = await app.given.shop({ approved: false })
  const before = (await client.get('/shops/me', shop.token)).body
  expect((await client.put('/shops/me', payload, shop.token)).status).toBe(422)
  expect((await client.get('/shops/me', shop.token)).body).toEqual(before)
})

test('a shop pauses itself and comes back; users hear that it closes and opens, and of nothing in between', async () => {
  const shop = await app.given.shop()
  expect((await client.put('/shops/me', { is_active: false }, shop.token)).body.is_active).toBe(false)
  expect((await lastDeliveries('shop.updated')).map((delivery) => delivery.to)).toEqual([
    'admins',
    `shop:${shop.shop_id}`,
    'users',
  ])
  expect((await client.get(`/shops/${shop.shop_id}`)).status).toBe(404)
  await client.put('/shops/me', { shop_name: 'Tulpar 2' }, shop.token)
  expect((await lastDeliveries('shop.updated')).map((delivery) => delivery.to)).toEqual([
    'admins',
    `shop:${shop.shop_id}`,
  ])
  expect((await client.put('/shops/me', { is_active: true }, shop.token)).body.is_active).toBe(true)
  const deliveries = await lastDeliveries('shop.updated')
  expect(deliveries.map((delivery) => delivery.to)).toEqual(['admins', `shop:${shop.shop_id}`, 'users'])
  expect(deliveries[0]?.data.action).toBe('status_changed')
})

test('a blocked shop reads its profile and changes nothing, least of all the block', async () => {
  const shop = await app.given.shop()
  await block(shop.shop_id)
  expect((await client.get('/shops/me', shop.token)).body).toMatchObject({
    is_approved: true,
    is_active: false,
  })
  for (const payload of [{ is_active: true }, { shop_name: 'New' }]) {
    expect((await client.put('/shops/me', payload, shop.token)).body).toMatchObject({
      status: 403,
      code: 'shop_blocked',
    })
  }
  expect((await client.get('/shops/me', shop.token)).body).toMatchObject({
    shop_name: 'Tulpar',
    is_active: false,
  })
})

test('the guard of trade lets approved and unblocked shops through, paused ones too', async () => {
  const [fine, fresh, blocked] = [
    await app.given.shop(),
    await app.given.shop({ approved: false }),
    await app.given.shop(),
  ]
  await block(blocked.shop_id)
  await client.put('/shops/me', { is_active: false }, fine.token)
  expect(await getShopForTrading(app.db, fine.shop_id)).toMatchObject({ shop_id: fine.shop_id })
  await expect(getShopForTrading(app.db, fresh.shop_id)).rejects.toMatchObject({
    status: 403,
    code: 'shop_not_approved',
  })
  await expect(getShopForTrading(app.db, blocked.shop_id)).rejects.toMatchObject({
    status: 403,
    code: 'shop_blocked',
  })
  await expect(getShopForTrading(app.db, 999_999)).rejects.toMatchObject({ code: 'shop_not_approved' })
})

test('guests see approved, active shops with listed cards, in the public shape only, in the order asked for', async () => {
  const [one, two, empty, fresh] = [
    await app.given.shop({ shop_name: 'Алтын 100%' }),
    await app.given.shop({ shop_name: 'Жібек' }),
    await app.given.shop({ shop_name: 'Empty' }),
    await app.given.shop({ shop_name: 'Fresh', approved: false }),
  ]
  await app.given.product({ shop: one, listed: true })
  for (let i = 0; i < 2; i += 1) await app.given.product({ shop: two, listed: true })
  await app.given.product({ shop: two, listed: false })
  await app.given.product({ shop: empty, listed: false })
  const list = async (query: string) => {
    const { response } = await client.get(`/shops${query}`)
    return response.json<{
      shops: Record<string, unknown>[]
      total: number
      page: number
      page_size: number
    }>()
  }
  const ids = async (query: string) => (await list(query)).shops.map((shop) => shop.id)
  const all = await list('?sort_by=products_count&sort_order=desc&limit=2')
  expect(all.shops.map((shop) => [shop.id, shop.products_count])).toEqual([
    [two.shop_id, 2],
    [one.shop_id, 1],
  ])
  expect(all).toMatchObject({ total: 2, page: 1, page_size: 2 })
  expect(await ids('?sort_by=shop_name&sort_order=asc')).toEqual([one.shop_id, two.shop_id])
  expect(await ids('?query=%D0%B0%D0%BB%D1%82%D1%8B%D0%BD')).toEqual([one.shop_id])
  expect(await ids('?query=100%25')).toEqual([one.shop_id])
  expect(await ids('?query=_')).toEqual([])
  expect(await ids('?is_active=false')).toEqual([])
  expect(await list('?skip=10&limit=5')).toMatchObject({ shops: [], total: 2, page: 3 })
  expect(Object.keys(all.shops[0] ?? {}).sort()).toEqual(
    'address avatar_url created_at description id is_active is_approved logo_url phone products_count shop_name whatsapp_number'.split(
      ' ',
    ),
  )
  for (const shop of [fresh, { shop_id: 999_999 }])
    expect((await client.get(`/shops/${shop.shop_id}`)).status).toBe(404)
  expect((await client.get(`/shops/${empty.shop_id}`)).body).toMatchObject({ products_count: 0 })
  for (const query of ['?sort_by=email', '?sort_order=up', '?limit=0', '?limit=101', '?skip=-1'])
    expect((await client.get(`/shops${query}`)).status).toBe(422)
  expect((await app.http.inject({ url: '/api/v1/shops/' })).statusCode).toBe(200)
})
