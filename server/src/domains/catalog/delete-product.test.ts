import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { insertReview } from './public.ts'
import { GUEST, testApi } from './test-api.ts'

let app: TestApp
let shop: GivenShop
let other_shop: GivenShop
let person: GivenUser
let admin: GivenUser
const { get, send, written, lastEvent, eventsSince, queueRow } = testApi(() => app)

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop({ shop_name: 'Tulpar' })
  other_shop = await app.given.shop({ shop_name: 'Umai' })
  person = await app.given.user()
  admin = await app.given.admin()
})
afterAll(() => app.stop())

describe('deleting a card', () => {
  test('removes it with queue row, reviews and pictures; people hear of it only if it was listed', async () => {
    const card = await app.given.product({ shop })
    await inTransaction(app.db, (tx) =>
      insertReview(tx, {
        user_id: person.user_id,
        product_id: card.id,
        rating: 5,
        comment: null,
        created_at: new Date(),
      }),
    )
    const since = await lastEvent()
    const answer = await send('DELETE', `/products/${card.id}`, shop.auth)
    expect([answer.statusCode, answer.json()]).toEqual([200, { message: 'Карточка удалена' }])
    const rows = await Promise.all([
      app.db.selectFrom('catalog.products').select('id').where('id', '=', card.id).execute(),
      app.db.selectFrom('catalog.reviews').select('id').where('product_id', '=', card.id).execute(),
      app.db.selectFrom('moderation.queue').select('id').where('product_id', '=', card.id).execute(),
      app.db
        .selectFrom('media.files')
        .select('id')
        .where('storage_key', '=', card.images[0]?.split('/')[2] ?? '')
        .where('expires_at', 'is', null)
        .execute(),
    ])
    expect(rows.map((found) => found.length)).toEqual([0, 0, 0, 0])
    expect(
      (await eventsSince(since)).map((event) => [
        event.name,
        event.deliveries.map((delivery) => delivery.to),
      ]),
    ).toEqual([
      ['product.deleted', [`shop:${shop.shop_id}`, 'admins', 'users']],
      ['catalog.product_deleted', []],
    ])
    const audit = await app.db
      .selectFrom('audit.logs')
      .selectAll()
      .where('entity_type', '=', 'product')
      .where('entity_id', '=', card.id)
      .where('action', '=', 'catalog.product_deleted')
      .execute()
    expect(audit).toMatchObject([{ shop_id: shop.shop_id, new_values: { outcome: 'removed' } }])
    expect((await send('DELETE', `/products/${card.id}`, shop.auth)).statusCode).toBe(404)
  })

  test('a pending one leaves the queue, and admins are told', async () => {
    const card = await app.given.product({ shop, listed: false })
    const since = await lastEvent()
    await send('DELETE', `/products/${card.id}`, shop.auth)
    expect(
      (await eventsSince(since)).map((event) => [
        event.name,
        event.deliveries.map(({ to, data }) => [to, data.action]),
      ]),
    ).toEqual([
      ['moderation.queue_updated', [['admins', 'removed']]],
      [
        'product.deleted',
        [
          [`shop:${shop.shop_id}`, 'deleted'],
          ['admins', 'deleted'],
        ],
      ],
      ['catalog.product_deleted', []],
    ])
  })

  test('with an order line it is hidden for ever and keeps its row and pictures', async () => {
    const owner = new pg.Client({ connectionString: app.owner_url })
    await owner.connect()
    // Whatever refers to a card with a restricting key, as order lines will.
    await owner.query(
      'create table public.lines (product_id bigint references catalog.products on delete restrict)',
    )
    const card = await app.given.product({ shop })
    await owner.query('insert into public.lines values ($1)', [card.id])
    expect((await send('DELETE', `/products/${card.id}`, shop.auth)).statusCode).toBe(200)
    const row = await app.db
      .selectFrom('catalog.products')
      .select(['deleted_at', 'is_active', 'images'])
      .where('id', '=', card.id)
      .executeTakeFirst()
    expect(row).toEqual({ deleted_at: app.clock.now(), is_active: false, images: card.images })
    const seen = await Promise.all(
      [GUEST, shop.auth, admin.auth].map((auth) => get(`/products/${card.id}`, auth)),
    )
    expect(seen.map((answer) => answer.statusCode)).toEqual([404, 404, 404])
    expect(await queueRow(card.id)).toBeUndefined()
    await owner.query('drop table public.lines')
    await owner.end()
  })

  test('others cannot, a blocked shop neither', async () => {
    const card = await app.given.product({ shop, listed: false })
    const blocked = await app.given.shop()
    const blocked_card = await app.given.product({ shop: blocked, listed: false })
    await app.db
      .updateTable('identity.shops')
      .set({ blocked_at: new Date() })
      .where('id', '=', blocked.shop_id)
      .execute()
    const before = await written()
    const answers = await Promise.all(
      [other_shop.auth, person.auth, GUEST].map((auth) => send('DELETE', `/products/${card.id}`, auth)),
    )
    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 403, 401])
    expect((await send('DELETE', `/products/${blocked_card.id}`, blocked.auth)).json().code).toBe(
      'shop_blocked',
    )
    expect(await written()).toEqual(before)
  })
})
