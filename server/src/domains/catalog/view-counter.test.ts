import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { findProduct } from './queries/products.ts'

let app: TestApp
let shop: GivenShop
let other_shop: GivenShop
let person: GivenUser
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop({ shop_name: 'Tulpar' })
  other_shop = await app.given.shop({ shop_name: 'Umai' })
  person = await app.given.user()
  admin = await app.given.admin()
})
afterAll(() => app.stop())

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
