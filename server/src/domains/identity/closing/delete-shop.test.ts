import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop } from '#test/given.ts'
import { createCloser } from './closing-test-support.ts'

let app: TestApp
let closer: ReturnType<typeof createCloser>

beforeAll(async () => {
  app = await startTestApp()
  closer = createCloser(app)
})
afterAll(() => app.stop())

/** A shop whose wallet is empty again after its cards were approved. */
async function shopWithCards(count: number): Promise<{ shop: GivenShop; ids: number[] }> {
  const shop = await app.given.shop({ balance: 10_000 })
  const ids: number[] = []
  for (let card = 0; card < count; card += 1)
    ids.push((await app.given.product({ shop, listed: card > 0 })).id)
  const { balance_cents } = await walletOf(shop)
  if (balance_cents > 0) await app.given.fill({ shop_id: shop.shop_id }, -balance_cents)
  return { shop, ids }
}
const walletOf = ({ shop_id }: GivenShop) =>
  app.db.selectFrom('wallet.accounts').selectAll().where('shop_id', '=', shop_id).executeTakeFirstOrThrow()
const rowOf = ({ shop_id }: GivenShop) =>
  app.db.selectFrom('identity.shops').selectAll().where('id', '=', shop_id).executeTakeFirstOrThrow()
const cardsOf = ({ shop_id }: GivenShop) =>
  app.db
    .selectFrom('catalog.products')
    .select(['id', 'deleted_at', 'is_active'])
    .where('shop_id', '=', shop_id)
    .orderBy('id')
    .execute()
const stateOf = async (shop: GivenShop) => ({
  row: await rowOf(shop),
  wallet: await walletOf(shop),
  cards: await cardsOf(shop),
  me: (await closer.call('GET', '/shops/me', shop)).status,
})
const deliveriesOf = (name: string, id: number, key = 'shop_id') =>
  app.db
    .selectFrom('infra.outbox_events')
    .select('deliveries')
    .where('name', '=', name)
    .execute()
    .then((rows) =>
      rows
        .flatMap(({ deliveries }) => (Array.isArray(deliveries) ? deliveries : []))
        .map((delivery) => Object(delivery))
        .filter(({ data }) => data[key] === id),
    )

test('a shop that ends: cards hidden and out of the queue, profile wiped, sessions ended, all told', async () => {
  const { shop, ids } = await shopWithCards(2)
  const [waiting, listed] = ids
  expect((await closer.call('GET', `/products/${listed}`)).status).toBe(200)
  expect(await closer.call('DELETE', '/shops/me', shop)).toMatchObject({ status: 200 })
  expect(await rowOf(shop)).toMatchObject({
    shop_name: 'Deleted shop',
    owner_name: 'Deleted',
    phone: null,
    address: null,
    is_approved: false,
    deleted_at: expect.any(Date),
  })
  expect((await cardsOf(shop)).map((card) => [card.id, card.is_active, card.deleted_at !== null])).toEqual([
    [waiting, false, true],
    [listed, false, true],
  ])
  const queued = await app.db
    .selectFrom('moderation.queue')
    .select('product_id')
    .where('product_id', 'in', ids)
    .execute()
  expect(queued).toEqual([])
  expect((await closer.call('GET', `/products/${listed}`)).status).toBe(404)
  expect((await closer.call('GET', `/shops/${shop.shop_id}`)).status).toBe(404)
  expect((await closer.call('GET', '/shops/me', shop)).status).toBe(401)
  const told = await deliveriesOf('shop.deleted', shop.shop_id)
  expect(told.map(({ to }) => to)).toEqual(['admins', 'users'])
  expect(told[0].data).toMatchObject({
    shop_name: 'Tulpar',
    owner_name: 'Dana',
    action: 'deleted',
    shop: null,
    is_approved: false,
    is_active: false,
  })
  expect(told[1].data).not.toHaveProperty('owner_name')
  const unlisted = await deliveriesOf('product.deleted', Number(listed), 'product_id')
  expect(unlisted.map(({ to, data }) => [to, data.action])).toEqual([['users', 'unlisted']])
})

test('a shop that users never saw is no news to them', async () => {
  const shop = await app.given.shop({ approved: false, balance: 0 })
  expect((await closer.call('DELETE', '/shops/me', shop)).status).toBe(200)
  expect((await deliveriesOf('shop.deleted', shop.shop_id)).map(({ to }) => to)).toEqual(['admins'])
})

test.each([
  ['money', 500, 5],
  ['a debt', -300, -3],
])('with %s on the balance it stays as it is', async (_name, cents, balance) => {
  const { shop } = await shopWithCards(1)
  await app.db
    .updateTable('wallet.accounts')
    .set({ balance_cents: cents })
    .where('shop_id', '=', shop.shop_id)
    .execute()
  const before = await stateOf(shop)
  expect(await closer.call('DELETE', '/shops/me', shop)).toMatchObject({
    status: 409,
    body: { reason: 'balance_left', balance },
  })
  expect(await stateOf(shop)).toEqual(before)
})

test('an old sign-in is not enough, and a blocked shop only reads (A-11)', async () => {
  const shop = await app.given.shop({ balance: 0 })
  app.clock.advance(16 * MINUTE_MS)
  const before = await stateOf(shop)
  expect(await closer.call('DELETE', '/shops/me', shop)).toMatchObject({
    status: 401,
    body: { code: 'reauth_required' },
  })
  expect(await stateOf(shop)).toEqual(before)
  const blocked = await app.given.shop({ balance: 0 })
  await app.db
    .updateTable('identity.shops')
    .set({ blocked_at: app.clock.now() })
    .where('id', '=', blocked.shop_id)
    .execute()
  expect(await closer.call('DELETE', '/shops/me', blocked)).toMatchObject({
    status: 403,
    body: { code: 'shop_blocked' },
  })
  expect((await rowOf(blocked)).deleted_at).toBeNull()
})

test('of ten at once one deletes; the others find nobody', async () => {
  const { shop } = await shopWithCards(1)
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => closer.call('DELETE', '/shops/me', shop)),
  )
  const codes = answers.map(({ status }) => status).sort()
  expect(codes[0]).toBe(200)
  expect(codes.slice(1).every((status) => status === 401 || status === 404)).toBe(true)
  expect(await deliveriesOf('shop.deleted', shop.shop_id)).toHaveLength(2)
})

test('an admin deletes a blocked shop with a reason, which its owner reads', async () => {
  const admin = await app.given.admin()
  const shop = await app.given.shop({ balance: 0, shop_name: 'Qyran' })
  await app.db
    .updateTable('identity.shops')
    .set({ blocked_at: app.clock.now() })
    .where('id', '=', shop.shop_id)
    .execute()
  const remove = (payload: object) => closer.call('DELETE', `/admin/shops/${shop.shop_id}`, admin, payload)
  expect((await remove({})).status).toBe(422)
  expect((await rowOf(shop)).deleted_at).toBeNull()
  const reason = 'Sells what it must not'
  expect(await remove({ reason })).toMatchObject({
    status: 200,
    body: { shop_id: shop.shop_id, shop_name: 'Qyran' },
  })
  expect((await remove({ reason })).status).toBe(404)
  await closer.deliver()
  const mail = await app.db
    .selectFrom('notifications.mails')
    .select(['template', 'body_text'])
    .where('to_address', '=', shop.email)
    .where('template', '=', 'shop_deleted')
    .executeTakeFirstOrThrow()
  expect(mail.body_text).toContain(reason)
  const trail = await app.db
    .selectFrom('audit.logs')
    .select(['user_id', 'old_values', 'new_values'])
    .where('action', '=', 'identity.shop_deleted')
    .where('entity_id', '=', shop.shop_id)
    .executeTakeFirstOrThrow()
  expect(trail).toEqual({
    user_id: admin.user_id,
    old_values: { is_approved: true, is_blocked: true, is_paused: false, cards_count: 0 },
    new_values: { is_account_closed: true, reason },
  })
})

test("the owner's user profile lives on, and may open a new shop", async () => {
  const user = await app.given.user()
  const made = await closer.call('POST', '/auth/user/get-or-create-shop', user)
  const shop = { auth: { authorization: `Bearer ${made.body.access_token}` } }
  expect((await closer.call('DELETE', '/shops/me', shop)).status).toBe(200)
  expect((await closer.call('GET', '/shops/me', shop)).status).toBe(401)
  expect(await closer.call('GET', '/users/me', user)).toMatchObject({
    status: 200,
    body: { email: user.email },
  })
  const again = await closer.call('POST', '/auth/user/get-or-create-shop', user)
  expect(again.status).toBe(200)
  expect(again.body.shop.id).not.toBe(made.body.shop.id)
})

test('the job removes the hidden cards with their pictures; what an order holds on to stays hidden', async () => {
  const { shop, ids } = await shopWithCards(2)
  const [first, held] = ids
  // Stands for an order line: a table whose restricting key holds on to the card.
  const owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
  await owner.query(
    'create table test_lines (product_id bigint references catalog.products on delete restrict)',
  )
  await owner.query('insert into test_lines values ($1)', [held])
  await owner.end()
  await closer.call('DELETE', '/shops/me', shop)
  await closer.runErasures()
  await closer.runErasures()
  expect((await cardsOf(shop)).map((card) => card.id)).toEqual([held])
  const pictures = await app.db
    .selectFrom('media.files')
    .select(['linked_at', 'expires_at'])
    .where('owner_account_id', '=', shop.account_id)
    .where('kind', '=', 'product')
    .orderBy('id')
    .execute()
  expect(pictures.map((file) => [file.linked_at === null, file.expires_at !== null])).toEqual([
    [true, true],
    [false, false],
  ])
  expect(first).toBeLessThan(Number(held))
})
