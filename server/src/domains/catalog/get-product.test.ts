import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { countTryOn, moveProduct } from './public.ts'
import { findProduct } from './queries/products.ts'
import { GUEST, PUBLIC_KEYS, testApi } from './test-api.ts'

let app: TestApp
let shop: GivenShop
let other_shop: GivenShop
let person: GivenUser
let admin: GivenUser
const { get } = testApi(() => app)

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop({ shop_name: 'Tulpar' })
  other_shop = await app.given.shop({ shop_name: 'Umai' })
  person = await app.given.user()
  admin = await app.given.admin()
})
afterAll(() => app.stop())

type Auth = { authorization?: string }

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
