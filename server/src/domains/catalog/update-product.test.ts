import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
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

describe('changing a card', () => {
  test('sends it back to moderation at once: notes cleared, queue row reset, out of the catalogue, everybody told', async () => {
    const card = await app.given.product({ shop, name: 'Before' })
    expect((await get(`/products/${card.id}`)).statusCode).toBe(200)
    const since = await lastEvent()
    app.clock.advance(1_000)
    const answer = await send('PUT', `/products/${card.id}`, shop.auth, {
      name: 'After',
      description: null,
      version: card.version,
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      name: 'After',
      moderation_status: 'pending',
      moderation_notes: null,
      is_active: true,
      version: card.version + 1,
    })
    expect((await get(`/products/${card.id}`)).statusCode).toBe(404)
    expect(await queueRow(card.id)).toMatchObject({
      reviewed_at: null,
      reviewed_by: null,
      notes: null,
      submitted_at: app.clock.now(),
    })
    const events = await eventsSince(since)
    expect(
      events.map((event) => [
        event.name,
        event.deliveries.map((delivery) => [delivery.to, delivery.data.action]),
      ]),
    ).toEqual([
      ['moderation.queue_updated', [['admins', 'updated']]],
      [
        'product.updated',
        [
          [`shop:${shop.shop_id}`, 'updated_pending_moderation'],
          ['admins', 'updated_pending_moderation'],
        ],
      ],
      ['product.deleted', [['users', 'unlisted']]],
      ['catalog.product_submitted', []],
    ])
    expect(events[2]?.deliveries[0]?.data).toEqual({
      product_id: card.id,
      product_name: 'After',
      shop_id: shop.shop_id,
      action: 'unlisted',
      moderation_status: null,
      is_active: null,
      product: null,
    })
  })

  test('people hear nothing of a card that was not listed', async () => {
    const card = await app.given.product({ shop, listed: false })
    const since = await lastEvent()
    await send('PUT', `/products/${card.id}`, shop.auth, { price: 12 })
    const to = (await eventsSince(since)).flatMap((event) => event.deliveries.map((delivery) => delivery.to))
    expect(to).not.toContain('users')
  })

  test('another shop, a person or a guest cannot; unknown is 404, too', async () => {
    const card = await app.given.product({ shop, listed: false })
    const before = await written()
    const answers = await Promise.all(
      [other_shop.auth, person.auth, admin.auth, GUEST].map((auth) =>
        send('PUT', `/products/${card.id}`, auth, { name: 'Mine' }),
      ),
    )
    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 403, 403, 401])
    expect((await send('PUT', '/products/999999', shop.auth, { name: 'Mine' })).statusCode).toBe(404)
    expect(await written()).toEqual(before)
  })

  test('a stale version is 409; of two at once with one version exactly one succeeds', async () => {
    const card = await app.given.product({ shop, listed: false })
    const change = (name: string) =>
      send('PUT', `/products/${card.id}`, shop.auth, { name, version: card.version })
    const answers = await Promise.all([change('One'), change('Two')])
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
    const stale = await change('Three')
    expect([stale.json().code, stale.json().current_version]).toEqual(['invalid_state', card.version + 1])
  })

  test('the same limits as for creation, and something must change', async () => {
    const card = await app.given.product({ shop, listed: false })
    const before = await written()
    for (const body of [
      {},
      { version: 1 },
      { price: 1_000_001 },
      { price: 1.001 },
      { images: ['https://evil.example/x.jpg'] },
      { category_id: 999_999 },
      { image_urls: [] },
    ]) {
      expect((await send('PUT', `/products/${card.id}`, shop.auth, body)).statusCode).toBe(422)
    }
    expect(await written()).toEqual(before)
  })

  test('pictures that stay stay, new ones become permanent, those taken off become temporary unless another card shows them', async () => {
    const [kept, dropped, shared, added] = await Promise.all(
      [1, 2, 3, 4].map(() => app.given.picture(shop.account_id, 'product')),
    )
    const urls = [kept, dropped, shared].map((file) => file?.url ?? '')
    const card = (
      await send('POST', '/products', shop.auth, { name: 'A', price: 1, image_urls: urls })
    ).json()
    await send('POST', '/products', shop.auth, { name: 'B', price: 1, image_urls: [urls[2]] })
    const answer = await send('PUT', `/products/${card.id}`, shop.auth, { images: [added?.url, kept?.url] })
    expect(answer.json().images).toEqual([added?.url, kept?.url])
    const linked = async (id: number | undefined) =>
      (
        await app.db
          .selectFrom('media.files')
          .select('expires_at')
          .where('id', '=', id ?? 0)
          .executeTakeFirstOrThrow()
      ).expires_at === null
    expect(await Promise.all([kept, dropped, shared, added].map((file) => linked(file?.id)))).toEqual([
      true,
      false,
      true,
      true,
    ])
  })
})
