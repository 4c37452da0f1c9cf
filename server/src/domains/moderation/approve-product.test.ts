import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { testApi } from '../catalog/test-api.ts'
import { testDecisions } from './test-decisions.ts'

let app: TestApp
let admin: GivenUser
let second_admin: GivenUser
const { get, written, lastEvent, eventsSince, queueRow } = testApi(() => app)
const { decide, balance, auditOf } = testDecisions(() => app)

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.given.admin()
  second_admin = await app.given.admin()
})
afterAll(() => app.stop())

describe('worked examples of the contract', () => {
  test('11: a shop with 4.99 – approval is 409 with the figures, and nothing changed', async () => {
    const shop = await app.given.shop({ balance: 499 })
    const { id } = await app.given.product({ shop, listed: false })
    const before = await written()
    const answer = await decide(admin.auth, id, 'approve')
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({
      code: 'shop_insufficient_balance',
      current_balance: 4.99,
      required_amount: 5,
      shortfall: 0.01,
    })
    expect(await written()).toEqual(before)
    expect(await balance(shop)).toBe(499)
    expect((await get(`/products/${id}`, admin.auth)).json()).toMatchObject({
      moderation_status: 'pending',
      is_active: false,
      rent_expires_at: null,
    })
    expect((await queueRow(id))?.reviewed_at).toBeNull()
  })

  test('12: 12.00 – approve: 7.00 and 30 days; again: 409; edit: pending, not listed; approve: still 7.00', async () => {
    const shop = await app.given.shop({ balance: 1_200 })
    const { id } = await app.given.product({ shop, listed: false })
    const now = app.clock.now()
    expect((await decide(admin.auth, id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(700)
    const approved = (await get(`/products/${id}`, admin.auth)).json()
    const rent_end = new Date(now.getTime() + 30 * DAY_MS).toISOString()
    expect(approved).toMatchObject({
      moderation_status: 'approved',
      is_active: true,
      rent_expires_at: rent_end,
    })
    expect((await get(`/products/${id}`)).statusCode).toBe(200)

    const again = await decide(admin.auth, id, 'approve')
    expect([again.statusCode, again.json().code]).toEqual([409, 'invalid_state'])
    expect(await balance(shop)).toBe(700)

    const edit = await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}`,
      headers: shop.auth,
      payload: { price: 25 },
    })
    expect(edit.json().moderation_status).toBe('pending')
    expect((await get(`/products/${id}`)).statusCode).toBe(404)

    app.clock.advance(60_000)
    expect((await decide(admin.auth, id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(700)
    expect((await get(`/products/${id}`, admin.auth)).json().rent_expires_at).toBe(rent_end)
    expect((await get(`/products/${id}`)).statusCode).toBe(200)
  })
})

describe('approval', () => {
  test('closes the queue row, keeps the note, writes the audit row, and tells each audience what it may know', async () => {
    const shop = await app.given.shop({ balance: 1_000 })
    const { id } = await app.given.product({ shop, name: 'Пальто', listed: false })
    const since = await lastEvent()
    const answer = await decide(admin.auth, id, 'approve', { notes: '  хорошо  ', action: 'approve' })
    expect(answer.json()).toEqual({ message: 'Карточка одобрена' })
    expect(await queueRow(id)).toMatchObject({
      reviewed_at: app.clock.now(),
      reviewed_by: admin.user_id,
      notes: 'хорошо',
    })
    const events = await eventsSince(since)
    const approved = events.find((event) => event.name === 'product.approved')
    const of = (to: string) => approved?.deliveries.find((delivery) => delivery.to === to)?.data
    expect(approved?.deliveries.map((delivery) => delivery.to)).toEqual([
      `shop:${shop.shop_id}`,
      'admins',
      'users',
    ])
    const shared = {
      product_id: id,
      product_name: 'Пальто',
      shop_id: shop.shop_id,
      shop_name: 'Tulpar',
      moderation_status: 'approved',
    }
    expect(of(`shop:${shop.shop_id}`)).toMatchObject({
      ...shared,
      moderation_notes: 'хорошо',
      admin_id: admin.user_id,
      approval_fee: 5,
    })
    expect(of('admins')).toEqual(of(`shop:${shop.shop_id}`))
    expect(Object.keys(of('users') ?? {}).sort()).toEqual([
      'moderation_notes',
      'moderation_status',
      'product',
      'product_id',
      'product_name',
      'shop_id',
      'shop_name',
    ])
    expect(of('users')).toMatchObject({
      ...shared,
      moderation_notes: null,
      product: { moderation_notes: null, rent_expires_at: null },
    })
    expect(events.find((event) => event.name === 'moderation.product_approved')?.payload).toEqual({
      product_id: id,
      shop_id: shop.shop_id,
    })
    const queue = events.find((event) => event.name === 'moderation.queue_updated')?.deliveries
    expect(queue).toEqual([
      { to: 'admins', data: { action: 'processed', product_id: id, pending_count: await waiting() } },
    ])
    const audit = await auditOf(id)
    expect(audit).toMatchObject([
      {
        action: 'moderation.product_approved',
        user_id: admin.user_id,
        old_values: { moderation_status: 'pending' },
        new_values: { moderation_status: 'approved', fee_cents: 500, notes: 'хорошо' },
      },
    ])
  })

  test('twenty decisions at once by two admins: exactly one decides, one fee', async () => {
    const shop = await app.given.shop({ balance: 2_000 })
    const { id } = await app.given.product({ shop, listed: false })
    const since = await lastEvent()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        decide(index % 2 ? admin.auth : second_admin.auth, id, 'approve', {}),
      ),
    )
    const codes = answers.map((answer) => answer.statusCode).sort()
    expect(codes).toEqual([200, ...Array(19).fill(409)])
    expect(await balance(shop)).toBe(1_500)
    expect((await eventsSince(since)).filter((event) => event.name === 'product.approved')).toHaveLength(1)
    expect(await auditOf(id)).toHaveLength(1)
  })

  test('one approves while another rejects: the first decision stands or the second overrides it, never both halves', async () => {
    const shop = await app.given.shop({ balance: 2_000 })
    const { id } = await app.given.product({ shop, listed: false })
    await Promise.all([decide(admin.auth, id, 'approve'), decide(second_admin.auth, id, 'reject')])
    const state = (await get(`/products/${id}`, admin.auth)).json()
    const row = await queueRow(id)
    const decided_last = state.moderation_status === 'approved' ? admin.user_id : second_admin.user_id
    expect([state.is_active, row?.reviewed_by]).toEqual([
      state.moderation_status === 'approved',
      decided_last,
    ])
  })

  test('two cards of a shop that can pay for one: one is approved', async () => {
    const shop = await app.given.shop({ balance: 700 })
    const cards = [
      await app.given.product({ shop, listed: false }),
      await app.given.product({ shop, listed: false }),
    ]
    const answers = await Promise.all(cards.map(({ id }) => decide(admin.auth, id, 'approve')))
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
    expect(await balance(shop)).toBe(200)
  })

  test('with a fee of zero nothing is charged, and the card counts as paid', async () => {
    const shop = await app.given.shop({ balance: 0 })
    const { id } = await app.given.product({ shop, listed: false })
    const fee = (value: string) =>
      app.db
        .updateTable('settings.platform_settings')
        .set({ value })
        .where('key', '=', 'shop_approval_fee')
        .execute()
    const before = await settingsRow()
    await fee('0')
    if (before === undefined)
      await app.db
        .insertInto('settings.platform_settings')
        .values({ key: 'shop_approval_fee', value: '0' })
        .execute()
    expect((await decide(admin.auth, id, 'approve')).statusCode).toBe(200)
    await fee('5.00')
    await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}`,
      headers: shop.auth,
      payload: { price: 2 },
    })
    expect((await decide(admin.auth, id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(0)
  })

  test('people are not told of a card that is not listed: its shop is paused', async () => {
    const shop = await app.given.shop()
    const { id } = await app.given.product({ shop, listed: false })
    await app.db
      .updateTable('identity.shops')
      .set({ paused_at: new Date() })
      .where('id', '=', shop.shop_id)
      .execute()
    const since = await lastEvent()
    await decide(admin.auth, id, 'approve')
    expect((await eventsSince(since)).flatMap((event) => event.deliveries.map(({ to }) => to))).not.toContain(
      'users',
    )
  })
})

async function waiting(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from moderation.queue where reviewed_at is null`.execute(app.db)
  return rows[0]?.waiting ?? -1
}

async function settingsRow() {
  return app.db
    .selectFrom('settings.platform_settings')
    .select('value')
    .where('key', '=', 'shop_approval_fee')
    .executeTakeFirst()
}
