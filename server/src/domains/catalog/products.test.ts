import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { formOf } from '../media/test-form.ts'
import { countTryOn, insertReview, moveProduct } from './public.ts'
import { findProduct } from './queries/products.ts'

let app: TestApp
let shop: GivenShop
let other_shop: GivenShop
let person: GivenUser
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  ;[shop, other_shop] = [
    await app.given.shop({ shop_name: 'Tulpar' }),
    await app.given.shop({ shop_name: 'Umai' }),
  ]
  ;[person, admin] = [await app.given.user(), await app.given.admin()]
})
afterAll(() => app.stop())

type Auth = { authorization?: string }
const GUEST: Auth = {}

function get(url: string, auth: Auth = GUEST) {
  return app.http.inject({ url: `/api/v1${url}`, headers: auth })
}

function send(method: 'POST' | 'PUT' | 'DELETE', url: string, auth: Auth, payload?: object) {
  return app.http.inject({
    method,
    url: `/api/v1${url}`,
    headers: auth,
    ...(payload === undefined ? {} : { payload }),
  })
}

/** Rows that a refused write could have left. */
async function written() {
  const { rows } = await app.pool.query(`
    select (select count(*)::int from catalog.products) as products, (select count(*)::int from moderation.queue) as queue,
      (select count(*)::int from infra.outbox_events) as events, (select count(*)::int from media.files where linked_at is not null) as linked,
      (select coalesce(sum(version), 0)::int from catalog.products) as versions`)
  return rows[0]
}

async function eventsSince(id: number) {
  const rows = await app.db
    .selectFrom('infra.outbox_events')
    .selectAll()
    .where('id', '>', id)
    .orderBy('id')
    .execute()
  // What `emit` wrote.
  return rows.map((row) => ({
    name: row.name,
    payload: row.payload,
    deliveries: row.deliveries as unknown as { to: string; data: Record<string, unknown> }[],
  }))
}

async function lastEvent(): Promise<number> {
  const row = await app.db
    .selectFrom('infra.outbox_events')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}

const queueRow = (product_id: number) =>
  app.db.selectFrom('moderation.queue').selectAll().where('product_id', '=', product_id).executeTakeFirst()

const PUBLIC_KEYS = [
  'average_rating',
  'category_id',
  'characteristics',
  'created_at',
  'description',
  'id',
  'images',
  'is_active',
  'moderation_notes',
  'moderation_status',
  'name',
  'price',
  'purchases_count',
  'rent_expires_at',
  'reviews_count',
  'shop_id',
  'shop_name',
  'try_ons_count',
  'updated_at',
  'views_count',
]

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

describe('what the owner and admins see, and others do not', () => {
  test('rent, notes and version', async () => {
    const card = await app.given.product({ shop })
    await app.db
      .updateTable('catalog.products')
      .set({ moderation_notes: 'fine' })
      .where('id', '=', card.id)
      .execute()
    const faces = await Promise.all(
      [GUEST, person.auth, other_shop.auth, shop.auth, admin.auth].map(async (auth) =>
        (await get(`/products/${card.id}`, auth)).json(),
      ),
    )
    expect(
      faces.map((face) => [face.moderation_notes, face.rent_expires_at !== null, 'version' in face]),
    ).toEqual([
      [null, false, false],
      [null, false, false],
      [null, false, false],
      ['fine', true, true],
      ['fine', true, true],
    ])
    expect(Object.keys(faces[0]).sort()).toEqual(PUBLIC_KEYS)
  })

  test('a card is listed only while every part of the rule holds', async () => {
    const owner = await app.given.shop()
    const card = await app.given.product({ shop: owner })
    const status = async () => (await get(`/products/${card.id}`)).statusCode
    const product = (change: object) =>
      app.db.updateTable('catalog.products').set(change).where('id', '=', card.id).execute()
    const its_shop = (change: object) =>
      app.db.updateTable('identity.shops').set(change).where('id', '=', owner.shop_id).execute()
    const now = new Date()
    expect(await status()).toBe(200)
    const steps: [() => Promise<unknown>, () => Promise<unknown>][] = [
      [() => product({ is_active: false }), () => product({ is_active: true })],
      [() => product({ moderation_status: 'pending' }), () => product({ moderation_status: 'approved' })],
      [
        () => product({ rent_expires_at: new Date(now.getTime() - 1_000) }),
        () => product({ rent_expires_at: null }),
      ],
      [() => its_shop({ paused_at: now }), () => its_shop({ paused_at: null })],
      [() => its_shop({ blocked_at: now }), () => its_shop({ blocked_at: null })],
      [() => its_shop({ is_approved: false }), () => its_shop({ is_approved: true })],
      [() => its_shop({ deleted_at: now }), () => its_shop({ deleted_at: null })],
    ]
    for (const [hide, show] of steps) {
      await hide()
      expect(await status()).toBe(404)
      expect((await get(`/products?shop_id=${owner.shop_id}`)).json().total).toBe(0)
      await show()
      expect(await status()).toBe(200)
    }
  })

  test('public answers may be kept by shared caches for seconds, all others by nobody', async () => {
    const card = await app.given.product({ shop })
    const of = async (url: string, auth: Auth) => (await get(url, auth)).headers['cache-control']
    expect(
      await Promise.all(
        ['/products', '/products/search', `/products/${card.id}`, '/categories'].map((url) => of(url, GUEST)),
      ),
    ).toEqual([
      'public, max-age=0, s-maxage=10',
      'public, max-age=0, s-maxage=10',
      'public, max-age=0, s-maxage=10',
      'public, max-age=60',
    ])
    expect(
      await Promise.all(
        ['/products', `/products/${card.id}`, '/categories'].map((url) => of(url, shop.auth)),
      ),
    ).toEqual(Array(3).fill('no-store'))
    expect(await of('/shops/me/products', shop.auth)).toBe('no-store')
  })
})

describe('what other slices may do', () => {
  test('a state moves only from where the caller saw it', async () => {
    const card = await app.given.product({ shop, listed: false })
    const move = (product: typeof card) =>
      inTransaction(app.db, (tx) => moveProduct(tx, { product, move: 'reject', now: new Date() }))
    expect(await move({ ...card, version: card.version + 1 })).toBe(false)
    expect(await move({ ...card, moderation_status: 'approved' })).toBe(false)
    expect(await move({ ...card, moderation_status: 'rejected' })).toBe(false)
    expect((await findProduct(app.db, card.id))?.moderation_status).toBe('pending')
    expect(await move(card)).toBe(true)
    expect((await findProduct(app.db, card.id))?.moderation_status).toBe('rejected')
  })

  test('try-ons are counted, many at once; a card that is gone counts nothing', async () => {
    const card = await app.given.product({ shop, listed: false })
    await Promise.all(Array.from({ length: 8 }, () => inTransaction(app.db, (tx) => countTryOn(tx, card.id))))
    await inTransaction(app.db, (tx) => countTryOn(tx, 999_999))
    expect((await findProduct(app.db, card.id))?.try_ons_count).toBe(8)
  })
})

describe('views', () => {
  const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }
  test('one per visitor and card; not for its shop, admins or bots; written together', async () => {
    const card = await app.given.product({ shop })
    const look = (headers: object) =>
      app.http.inject({ url: `/api/v1/products/${card.id}`, headers: { ...BROWSER, ...headers } })
    const views = async () => (await findProduct(app.db, card.id))?.views_count
    await Promise.all(Array.from({ length: 6 }, () => look({})))
    await look(shop.auth)
    await look(admin.auth)
    await look({ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
    await look({ 'user-agent': '' })
    await app.http.inject({ method: 'HEAD', url: `/api/v1/products/${card.id}`, headers: BROWSER })
    expect(await views()).toBe(0)
    await app.viewCounter.flush()
    expect(await views()).toBe(1)
    await Promise.all([
      look(person.auth),
      look(person.auth),
      look(other_shop.auth),
      look({ 'user-agent': 'Mozilla/5.0 (iPhone) Safari/605' }),
    ])
    await app.viewCounter.flush()
    expect(await views()).toBe(4)
    await app.viewCounter.flush()
    expect(await views()).toBe(4)
  })

  test('views that cannot be written are kept for the next time', async () => {
    const card = await app.given.product({ shop })
    await app.http.inject({ url: `/api/v1/products/${card.id}`, headers: BROWSER })
    const failing = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(() => {
      throw new Error('the database is away')
    })
    await app.viewCounter.flush()
    failing.mockRestore()
    expect((await findProduct(app.db, card.id))?.views_count).toBe(0)
    await app.viewCounter.flush()
    expect((await findProduct(app.db, card.id))?.views_count).toBe(1)
  })
})
