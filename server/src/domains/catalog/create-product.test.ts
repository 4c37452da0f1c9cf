import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { formOf } from '../media/test-form.ts'
import { GUEST, PUBLIC_KEYS, testApi } from './test-api.ts'

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

type Auth = { authorization?: string }

describe('putting up a card', () => {
  test('answers 201 with the whole card, pending and inactive, waiting in the queue, seen by its shop and admins only', async () => {
    const picture = await app.given.picture(shop.account_id, 'product')
    const since = await lastEvent()
    const body = {
      name: ' Красное платье ',
      price: 49.9,
      description: 'Лён',
      characteristics: { color: 'red', sizes: ['S', 'M'] },
      image_urls: [picture.url],
    }
    const answer = await send('POST', '/products', shop.auth, body)
    expect(answer.statusCode).toBe(201)
    const card = answer.json()
    expect(Object.keys(card).sort()).toEqual([...PUBLIC_KEYS, 'version'].sort())
    expect(card).toMatchObject({
      shop_id: shop.shop_id,
      shop_name: 'Tulpar',
      category_id: null,
      name: 'Красное платье',
      price: 49.9,
      characteristics: { color: 'red', sizes: ['S', 'M'] },
      images: [picture.url],
      rent_expires_at: null,
      is_active: false,
      moderation_status: 'pending',
      moderation_notes: null,
      views_count: 0,
      average_rating: 0,
      reviews_count: 0,
      version: 1,
    })
    expect(answer.headers.location).toBe(`/api/v1/products/${card.id}`)
    expect(await queueRow(card.id)).toMatchObject({ reviewed_at: null, submitted_at: app.clock.now() })
    const seen = await Promise.all(
      [GUEST, person.auth, other_shop.auth, shop.auth, admin.auth].map((auth) =>
        get(`/products/${card.id}`, auth),
      ),
    )
    expect(seen.map((response) => response.statusCode)).toEqual([404, 404, 404, 200, 200])
    const events = await eventsSince(since)
    expect(events.map((event) => [event.name, event.deliveries.map((delivery) => delivery.to)])).toEqual([
      ['moderation.queue_updated', ['admins']],
      ['product.created', [`shop:${shop.shop_id}`, 'admins']],
      ['catalog.product_submitted', []],
    ])
    expect(events[0]?.deliveries[0]?.data).toMatchObject({ action: 'added', product_id: card.id })
    expect(events[1]?.deliveries[0]?.data).toEqual({
      product_id: card.id,
      product_name: 'Красное платье',
      shop_id: shop.shop_id,
      action: 'created',
      moderation_status: 'pending',
      is_active: false,
      product: card,
    })
  })

  test('its pictures become permanent with it', async () => {
    const picture = await app.given.picture(shop.account_id, 'product')
    const unlinked = async () =>
      app.db
        .selectFrom('media.files')
        .select(['linked_at', 'expires_at'])
        .where('id', '=', picture.id)
        .executeTakeFirst()
    expect((await unlinked())?.expires_at).not.toBeNull()
    await send('POST', '/products', shop.auth, { name: 'Shirt', price: 10, image_urls: [picture.url] })
    expect(await unlinked()).toEqual({ linked_at: app.clock.now(), expires_at: null })
  })

  test('may also be sent as a form, with or without files in mind', async () => {
    const pictures = [
      await app.given.picture(shop.account_id, 'product'),
      await app.given.picture(shop.account_id, 'product'),
    ]
    const fields = {
      name: 'Юбка',
      price: '15.50',
      characteristics: '{"color":"blue"}',
      image_urls: JSON.stringify(pictures.map(({ url }) => url)),
    }
    const multipart = formOf(Object.entries(fields).map(([name, value]) => ({ name, value })))
    const payload = new URLSearchParams({
      ...fields,
      image_urls: pictures.map(({ url }) => url).join(','),
    }).toString()
    const answers = [
      await app.http.inject({
        method: 'POST',
        url: '/api/v1/products',
        payload: multipart.payload,
        headers: { ...multipart.headers, ...shop.auth },
      }),
      await app.http.inject({
        method: 'POST',
        url: '/api/v1/products/',
        payload,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...shop.auth },
      }),
    ]
    for (const answer of answers) {
      expect(answer.statusCode).toBe(201)
      expect(answer.json()).toMatchObject({
        name: 'Юбка',
        price: 15.5,
        characteristics: { color: 'blue' },
        images: pictures.map(({ url }) => url),
      })
    }
  })

  test.each([
    ['an unapproved shop', { is_approved: false }, 'shop_not_approved'],
    ['a blocked shop', { blocked_at: new Date() }, 'shop_blocked'],
  ])('%s may not create, change or upload', async (_who, state, code) => {
    const barred = await app.given.shop()
    const card = await app.given.product({ shop: barred, listed: false })
    await app.db.updateTable('identity.shops').set(state).where('id', '=', barred.shop_id).execute()
    const before = await written()
    const form = formOf([{ name: 'files', filename: 'a.jpg', bytes: Buffer.from('x') }])
    const answers = [
      await send('POST', '/products', barred.auth, { name: 'Shirt', price: 10 }),
      await send('PUT', `/products/${card.id}`, barred.auth, { name: 'New' }),
      await app.http.inject({
        method: 'POST',
        url: '/api/v1/products/upload-images',
        payload: form.payload,
        headers: { ...form.headers, ...barred.auth },
      }),
    ]
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual(
      Array(3).fill([403, code]),
    )
    expect(await written()).toEqual(before)
  })

  test('a paused shop may put up cards; they are not listed', async () => {
    const paused = await app.given.shop()
    await app.db
      .updateTable('identity.shops')
      .set({ paused_at: new Date() })
      .where('id', '=', paused.shop_id)
      .execute()
    const card = await app.given.product({ shop: paused })
    expect([card.moderation_status, card.is_active, card.is_listed]).toEqual(['approved', true, false])
    expect((await get(`/products/${card.id}`)).statusCode).toBe(404)
  })
})

test.each([
  ['guest', 401],
  ['user', 403],
  ['admin', 403],
])('a %s cannot put up a card', async (who, status) => {
  const auth: Auth = who === 'guest' ? GUEST : who === 'user' ? person.auth : admin.auth
  const before = await written()
  expect((await send('POST', '/products', auth, { name: 'Shirt', price: 10 })).statusCode).toBe(status)
  expect(await written()).toEqual(before)
})

describe('input that is refused writes nothing', () => {
  const nested = { a: { b: { c: 1 } } }
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 1]))
  const bad: [string, Record<string, unknown>, string, string][] = [
    ['empty name', { name: '' }, 'name', 'too_short'],
    ['blank name', { name: '   ' }, 'name', 'bad_format'],
    ['long name', { name: 'x'.repeat(256) }, 'name', 'too_long'],
    ['name of the wrong type', { name: 7 }, 'name', 'wrong_type'],
    ['long description', { description: 'x'.repeat(2_001) }, 'description', 'too_long'],
    ['price 0', { price: 0 }, 'price', 'too_small'],
    ['price as text in JSON', { price: '10' }, 'price', 'wrong_type'],
    ['price above a million', { price: 1_000_000.01 }, 'price', 'too_large'],
    ['a third decimal', { price: 9.999 }, 'price', 'too_many_decimals'],
    ['unknown category', { category_id: 999_999 }, 'category_id', 'unknown_category'],
    ['eleven pictures', { image_urls: Array(11).fill('/a') }, 'image_urls', 'too_long'],
    ['a foreign host', { image_urls: ['https://evil.example/a.jpg'] }, 'image_urls.0', 'unknown_image'],
    ['a path', { image_urls: ['/../../etc/passwd'] }, 'image_urls.0', 'unknown_image'],
    ['characteristics too deep', { characteristics: nested }, 'characteristics', 'too_deep'],
    ['characteristics with too many keys', { characteristics: many }, 'characteristics', 'too_many_keys'],
    [
      'characteristics too large',
      { characteristics: { text: 'x'.repeat(8_192) } },
      'characteristics',
      'too_large',
    ],
    ['an unknown field', { moderation_status: 'approved' }, 'moderation_status', 'unknown_field'],
    ['a NUL in the name', { name: 'a\0b' }, 'body', 'bad_text'],
  ]
  test.each(bad)('%s', async (_name, change, field, code) => {
    const before = await written()
    const answer = await send('POST', '/products', shop.auth, { name: 'Shirt', price: 10, ...change })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'validation_failed'])
    expect(
      answer.json().errors.map((error: { field: string; code: string }) => [error.field, error.code]),
    ).toContainEqual([field, code])
    expect(await written()).toEqual(before)
  })

  test('a picture of another shop, a person photo of the own account, an expired upload', async () => {
    const pictures = [
      await app.given.picture(other_shop.account_id, 'product'),
      await app.given.picture(shop.account_id, 'person'),
      await app.given.picture(shop.account_id, 'product'),
    ]
    await app.db
      .updateTable('media.files')
      .set({ expires_at: new Date(0) })
      .where('id', '=', pictures[2]?.id ?? 0)
      .execute()
    const before = await written()
    for (const { url } of pictures) {
      const answer = await send('POST', '/products', shop.auth, {
        name: 'Shirt',
        price: 10,
        image_urls: [url],
      })
      expect([answer.statusCode, answer.json().errors[0].code]).toEqual([422, 'unknown_image'])
    }
    expect(await written()).toEqual(before)
  })

  test('a category that is switched off', async () => {
    const made = await send('POST', '/categories', admin.auth, { name: 'Off', slug: 'off', is_active: false })
    const answer = await send('POST', '/products', shop.auth, {
      name: 'Shirt',
      price: 10,
      category_id: made.json().id,
    })
    expect([answer.statusCode, answer.json().errors[0].code]).toEqual([422, 'unknown_category'])
  })
})
