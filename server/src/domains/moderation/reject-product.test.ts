import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { testApi } from '../catalog/test-api.ts'
import { testDecisions } from './test-decisions.ts'

let app: TestApp
let admin: GivenUser
const { get, written, lastEvent, eventsSince } = testApi(() => app)
const { decide, balance, auditOf } = testDecisions(() => app)

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.given.admin()
})
afterAll(() => app.stop())

describe('rejection', () => {
  test.each([
    ['ru', 'Отклонено администратором'],
    ['kk', 'Әкімші қабылдамады'],
    ['en', 'Rejected by the administrator'],
  ])('without a note the shop reads the default one in its language: %s', async (locale, note) => {
    const shop = await app.given.shop()
    await app.db.updateTable('identity.accounts').set({ locale }).where('id', '=', shop.account_id).execute()
    const { id } = await app.given.product({ shop, listed: false })
    const since = await lastEvent()
    expect((await decide(admin.auth, id, 'reject')).statusCode).toBe(200)
    expect((await get(`/products/${id}`, shop.auth)).json()).toMatchObject({
      moderation_status: 'rejected',
      is_active: false,
      moderation_notes: note,
    })
    const mail = (await eventsSince(since)).find((event) => event.name === 'moderation.product_rejected')
    expect(mail?.payload).toEqual({ product_id: id, shop_id: shop.shop_id, notes: note })
  })

  test('costs nothing; a second one is 409; the shop may edit and gets another decision', async () => {
    const shop = await app.given.shop({ balance: 1_000 })
    const { id } = await app.given.product({ shop, listed: false })
    await decide(admin.auth, id, 'reject', { notes: 'Нет фото спины' })
    expect(await balance(shop)).toBe(1_000)
    const before = await written()
    const again = await decide(admin.auth, id, 'reject')
    expect([again.statusCode, again.json().code]).toEqual([409, 'invalid_state'])
    expect(await written()).toEqual(before)
    await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}`,
      headers: shop.auth,
      payload: { description: 'Есть фото спины' },
    })
    expect((await get(`/products/${id}`, shop.auth)).json()).toMatchObject({
      moderation_status: 'pending',
      moderation_notes: null,
    })
    expect((await decide(admin.auth, id, 'approve')).statusCode).toBe(200)
  })

  test('of an approved card takes it out of the catalogue and tells people that it is gone, not why', async () => {
    const shop = await app.given.shop()
    const { id } = await app.given.product({ shop })
    const since = await lastEvent()
    expect((await decide(admin.auth, id, 'reject', { notes: 'Подделка' })).statusCode).toBe(200)
    expect((await get(`/products/${id}`)).statusCode).toBe(404)
    const events = await eventsSince(since)
    const heard = events.flatMap((event) =>
      event.deliveries.map(({ to, data }) => [event.name, to, JSON.stringify(data).includes('Подделка')]),
    )
    expect(heard).toEqual([
      ['product.rejected', `shop:${shop.shop_id}`, true],
      ['product.rejected', 'admins', true],
      ['product.deleted', 'users', false],
      ['moderation.queue_updated', 'admins', false],
    ])
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'moderation.product_rejected',
      old_values: { moderation_status: 'approved', is_active: true },
    })
  })

  test('a rejected card can be approved without another edit', async () => {
    const shop = await app.given.shop({ balance: 1_000 })
    const { id } = await app.given.product({ shop, listed: false })
    await decide(admin.auth, id, 'reject')
    expect((await decide(admin.auth, id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(500)
  })
})
