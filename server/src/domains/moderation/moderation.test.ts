import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'

let app: TestApp
let admin: GivenUser
let second_admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  ;[admin, second_admin] = [await app.given.admin(), await app.given.admin()]
})
afterAll(() => app.stop())

type Auth = { authorization?: string }

function decide(product_id: number, decision: 'approve' | 'reject', body?: object, auth: Auth = admin.auth) {
  const payload = body === undefined ? {} : { payload: body }
  return app.http.inject({
    method: 'POST',
    url: `/api/v1/admin/moderation/${product_id}/${decision}`,
    headers: auth,
    ...payload,
  })
}

const card = (product_id: number, auth: Auth = admin.auth) =>
  app.http.inject({ url: `/api/v1/products/${product_id}`, headers: auth })

async function balance(shop: GivenShop): Promise<number> {
  const row = await app.db
    .selectFrom('wallet.v_shop_funds')
    .select('balance_cents')
    .where('shop_id', '=', shop.shop_id)
    .executeTakeFirstOrThrow()
  return row.balance_cents
}

const queueRow = (product_id: number) =>
  app.db
    .selectFrom('moderation.queue')
    .selectAll()
    .where('product_id', '=', product_id)
    .executeTakeFirstOrThrow()

async function written() {
  const { rows } = await app.pool.query(`
    select (select count(*)::int from wallet.transactions) as transactions, (select count(*)::int from infra.outbox_events) as events,
      (select count(*)::int from audit.logs) as audit, (select sum(version)::int from catalog.products) as versions,
      (select count(*)::int from moderation.queue where reviewed_at is null) as waiting`)
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

describe('worked examples of the contract', () => {
  test('11: a shop with 4.99 – approval is 409 with the figures, and nothing changed', async () => {
    const shop = await app.given.shop({ balance: 499 })
    const { id } = await app.given.product({ shop, listed: false })
    const before = await written()
    const answer = await decide(id, 'approve')
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({
      code: 'shop_insufficient_balance',
      current_balance: 4.99,
      required_amount: 5,
      shortfall: 0.01,
    })
    expect(await written()).toEqual(before)
    expect(await balance(shop)).toBe(499)
    expect((await card(id)).json()).toMatchObject({
      moderation_status: 'pending',
      is_active: false,
      rent_expires_at: null,
    })
    expect((await queueRow(id)).reviewed_at).toBeNull()
  })

  test('12: 12.00 – approve: 7.00 and 30 days; again: 409; edit: pending, not listed; approve: still 7.00', async () => {
    const shop = await app.given.shop({ balance: 1_200 })
    const { id } = await app.given.product({ shop, listed: false })
    const now = app.clock.now()
    expect((await decide(id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(700)
    const approved = (await card(id)).json()
    const rent_end = new Date(now.getTime() + 30 * DAY_MS).toISOString()
    expect(approved).toMatchObject({
      moderation_status: 'approved',
      is_active: true,
      rent_expires_at: rent_end,
    })
    expect((await card(id, {})).statusCode).toBe(200)

    const again = await decide(id, 'approve')
    expect([again.statusCode, again.json().code]).toEqual([409, 'invalid_state'])
    expect(await balance(shop)).toBe(700)

    const edit = await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}`,
      headers: shop.auth,
      payload: { price: 25 },
    })
    expect(edit.json().moderation_status).toBe('pending')
    expect((await card(id, {})).statusCode).toBe(404)

    app.clock.advance(60_000)
    expect((await decide(id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(700)
    expect((await card(id)).json().rent_expires_at).toBe(rent_end)
    expect((await card(id, {})).statusCode).toBe(200)
  })
})

describe('approval', () => {
  test('closes the queue row, keeps the note, writes the audit row, and tells each audience what it may know', async () => {
    const shop = await app.given.shop({ balance: 1_000 })
    const { id } = await app.given.product({ shop, name: 'Пальто', listed: false })
    const since = await lastEvent()
    const answer = await decide(id, 'approve', { notes: '  хорошо  ', action: 'approve' })
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
        decide(id, 'approve', {}, index % 2 ? admin.auth : second_admin.auth),
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
    await Promise.all([decide(id, 'approve'), decide(id, 'reject', undefined, second_admin.auth)])
    const state = (await card(id)).json()
    const row = await queueRow(id)
    const decided_last = state.moderation_status === 'approved' ? admin.user_id : second_admin.user_id
    expect([state.is_active, row.reviewed_by]).toEqual([state.moderation_status === 'approved', decided_last])
  })

  test('two cards of a shop that can pay for one: one is approved', async () => {
    const shop = await app.given.shop({ balance: 700 })
    const cards = [
      await app.given.product({ shop, listed: false }),
      await app.given.product({ shop, listed: false }),
    ]
    const answers = await Promise.all(cards.map(({ id }) => decide(id, 'approve')))
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
    expect((await decide(id, 'approve')).statusCode).toBe(200)
    await fee('5.00')
    await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}`,
      headers: shop.auth,
      payload: { price: 2 },
    })
    expect((await decide(id, 'approve')).statusCode).toBe(200)
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
    await decide(id, 'approve')
    expect((await eventsSince(since)).flatMap((event) => event.deliveries.map(({ to }) => to))).not.toContain(
      'users',
    )
  })
})

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
    expect((await decide(id, 'reject')).statusCode).toBe(200)
    expect((await card(id, shop.auth)).json()).toMatchObject({
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
    await decide(id, 'reject', { notes: 'Нет фото спины' })
    expect(await balance(shop)).toBe(1_000)
    const before = await written()
    const again = await decide(id, 'reject')
    expect([again.statusCode, again.json().code]).toEqual([409, 'invalid_state'])
    expect(await written()).toEqual(before)
    await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}`,
      headers: shop.auth,
      payload: { description: 'Есть фото спины' },
    })
    expect((await card(id, shop.auth)).json()).toMatchObject({
      moderation_status: 'pending',
      moderation_notes: null,
    })
    expect((await decide(id, 'approve')).statusCode).toBe(200)
  })

  test('of an approved card takes it out of the catalogue and tells people that it is gone, not why', async () => {
    const shop = await app.given.shop()
    const { id } = await app.given.product({ shop })
    const since = await lastEvent()
    expect((await decide(id, 'reject', { notes: 'Подделка' })).statusCode).toBe(200)
    expect((await card(id, {})).statusCode).toBe(404)
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
    await decide(id, 'reject')
    expect((await decide(id, 'approve')).statusCode).toBe(200)
    expect(await balance(shop)).toBe(500)
  })
})

describe('queue', () => {
  beforeEach(async () => {
    await app.db.deleteFrom('moderation.queue').where('reviewed_at', 'is', null).execute()
  })

  test('shows waiting cards, oldest submission first; a resubmitted one goes to the end', async () => {
    const shop = await app.given.shop()
    const ids: number[] = []
    for (let count = 0; count < 3; count += 1) {
      app.clock.advance(1_000)
      ids.push((await app.given.product({ shop, listed: false })).id)
    }
    app.clock.advance(1_000)
    await app.http.inject({
      method: 'PUT',
      url: `/api/v1/products/${ids[0]}`,
      headers: shop.auth,
      payload: { price: 3 },
    })
    const queue = async (query = '') => {
      const answer = await app.http.inject({
        url: `/api/v1/admin/moderation/queue${query}`,
        headers: admin.auth,
      })
      return answer.json().map((product: { id: number }) => product.id)
    }
    expect(await queue()).toEqual([ids[1], ids[2], ids[0]])
    expect(await queue('?skip=1&limit=1')).toEqual([ids[2]])
    await decide(ids[1] ?? 0, 'reject')
    await app.http.inject({ method: 'DELETE', url: `/api/v1/products/${ids[2]}`, headers: shop.auth })
    expect(await queue()).toEqual([ids[0]])
  })

  test('a card is pending exactly while its row waits', async () => {
    const { rows } = await app.pool.query(`
      select count(*)::int as broken from moderation.queue q join catalog.products p on p.id = q.product_id
      where (q.reviewed_at is null) <> (p.moderation_status = 'pending')`)
    expect(rows).toEqual([{ broken: 0 }])
  })
})

describe('who may decide', () => {
  test.each([
    ['guest', 401],
    ['user', 403],
    ['shop', 403],
    ['admin', 200],
  ])('%s: %i', async (who, status) => {
    const shop = await app.given.shop()
    const { id } = await app.given.product({ shop, listed: false })
    const auth: Auth =
      who === 'guest'
        ? {}
        : who === 'user'
          ? (await app.given.user()).auth
          : who === 'shop'
            ? shop.auth
            : admin.auth
    const queue = await app.http.inject({ url: '/api/v1/admin/moderation/queue', headers: auth })
    const answers = [
      queue.statusCode,
      (await decide(id, 'reject', undefined, auth)).statusCode,
      (await decide(id, 'approve', undefined, auth)).statusCode,
    ]
    expect(answers).toEqual([status, status, status])
  })

  test.each([
    ['an unknown card', 'approve', 999_999, undefined, 404],
    ['an unknown card', 'reject', 999_999, undefined, 404],
    ['an id that is none', 'approve', 0, undefined, 422],
    ['a note too long', 'approve', 1, { notes: 'x'.repeat(1_001) }, 422],
    ['a note of the wrong type', 'reject', 1, { notes: 7 }, 422],
    ['an unknown field', 'approve', 1, { fee: 0 }, 422],
  ] as const)('%s (%s) writes nothing', async (_name, decision, id, body, status) => {
    const before = await written()
    expect((await decide(id, decision, body)).statusCode).toBe(status)
    expect(await written()).toEqual(before)
  })
})

async function waiting(): Promise<number> {
  const { rows } = await app.pool.query(
    'select count(*)::int as waiting from moderation.queue where reviewed_at is null',
  )
  return rows[0].waiting
}

function auditOf(product_id: number) {
  return app.db
    .selectFrom('audit.logs')
    .selectAll()
    .where('entity_type', '=', 'product')
    .where('entity_id', '=', product_id)
    .orderBy('id')
    .execute()
}

async function settingsRow() {
  return app.db
    .selectFrom('settings.platform_settings')
    .select('value')
    .where('key', '=', 'shop_approval_fee')
    .executeTakeFirst()
}
