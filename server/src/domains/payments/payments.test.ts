import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '#domains/wallet/public.ts'
import { createPaypalService } from '#local/paypal-service.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { handleEvent } from './handle-webhook.ts'
import { reconcilePayments } from './reconcile-payments.ts'

let app: TestApp
let paypal: ReturnType<typeof createPaypalService>
let paypal_url: string

beforeAll(async () => {
  const secrets = { client_id: 'client', client_secret: randomBytes(16).toString('hex'), webhook_id: 'WH-1' }
  const reserved = createPaypalService({
    ...secrets,
    public_url: 'http://127.0.0.1',
    webhook_url: null,
    slow_ms: 50,
  })
  await new Promise<void>((resolve) => reserved.server.listen(0, '127.0.0.1', resolve))
  // The port is known only now; the program writes its own address into approval links.
  const { port } = reserved.server.address() as AddressInfo
  reserved.server.close()
  paypal_url = `http://127.0.0.1:${port}`
  app = await startTestApp({
    env: {
      PAYPAL_BASE_URL: paypal_url,
      PAYPAL_CLIENT_ID: secrets.client_id,
      PAYPAL_CLIENT_SECRET: secrets.client_secret,
      PAYPAL_WEBHOOK_ID: secrets.webhook_id,
    },
  })
  const api = await app.http.listen({ host: '127.0.0.1', port: 0 })
  paypal = createPaypalService({
    ...secrets,
    public_url: paypal_url,
    webhook_url: `${api}/api/v1/payments/paypal/webhook`,
    slow_ms: 50,
  })
  await new Promise<void>((resolve) => paypal.server.listen(port, '127.0.0.1', resolve))
})
afterAll(async () => {
  paypal.server.closeAllConnections()
  paypal.server.close()
  await app.stop()
})

const topUp = (user: GivenUser, amount: unknown, extra: object = {}) =>
  app.http.inject({
    method: 'POST',
    url: '/api/v1/payments/user/top-up',
    headers: user.auth,
    payload: { payment_type: 'top_up', amount, ...extra },
  })
const capture = (user: GivenUser, order_id: string) =>
  app.http.inject({ method: 'POST', url: `/api/v1/payments/capture/${order_id}`, headers: user.auth })
const comeBack = (order_id: string) =>
  app.http.inject({ method: 'GET', url: `/api/v1/payments/paypal/success?platform=web&token=${order_id}` })
const balanceOf = async (user: GivenUser) =>
  (
    await app.db
      .selectFrom('wallet.v_user_funds')
      .selectAll()
      .where('user_id', '=', user.user_id)
      .executeTakeFirstOrThrow()
  ).balance_cents
const transactionsOf = (user: GivenUser) =>
  app.db
    .selectFrom('wallet.transactions')
    .selectAll()
    .where('user_id', '=', user.user_id)
    .orderBy('id')
    .execute()
const approve = async (approval_url: string) => {
  const response = await fetch(`${approval_url}&answer=pay`, { method: 'POST', redirect: 'manual' })
  expect(response.status).toBe(303)
}
const eventsArrive = async (count: number) => {
  const until = Date.now() + 5_000
  for (;;) {
    const rows = await app.db.selectFrom('payments.provider_events').selectAll().execute()
    if (rows.length >= count) return rows
    if (Date.now() > until) throw new Error(`only ${rows.length} events`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a top-up is written before PayPal’s order and answers with the link to approve', async () => {
  const user = await app.given.user()
  const response = await topUp(user, 10.1)
  expect(response.statusCode).toBe(201)
  const body = response.json()
  expect(body).toMatchObject({ amount: 10.1, status: 'pending' })
  expect(body.order_id).toBe(body.paypal_order_id)
  expect(body.approval_url).toBe(`${paypal_url}/checkoutnow?token=${body.order_id}`)
  expect(await transactionsOf(user)).toMatchObject([
    { type: 'TOP_UP', status: 'PENDING', amount_cents: 1010, paypal_order_id: body.order_id },
  ])
  expect(await balanceOf(user)).toBe(0)
})

test('4.16 example 10: browser, client and webhook all arrive, twice each: one COMPLETED transaction, + 10.10 once', async () => {
  const user = await app.given.user()
  const { order_id, approval_url } = (await topUp(user, 10.1)).json()
  await approve(approval_url)
  const before = (await app.db.selectFrom('payments.provider_events').select('id').execute()).length
  const responses = await Promise.all([
    comeBack(order_id),
    capture(user, order_id),
    comeBack(order_id),
    capture(user, order_id),
  ])
  expect(responses.map((response) => response.statusCode).sort()).toEqual([200, 200, 303, 303])
  const events = await eventsArrive(before + 1)
  const event = events.at(-1)
  if (event) await Promise.all([handleEvent(app.payments, event.id), handleEvent(app.payments, event.id)])
  expect(await balanceOf(user)).toBe(1010)
  expect(await transactionsOf(user)).toMatchObject([{ status: 'COMPLETED', balance_after_cents: 1010 }])
  expect((await capture(user, order_id)).json()).toMatchObject({ status: 'completed' })
})

test('a payment that was not approved stays PENDING and says so', async () => {
  const user = await app.given.user()
  const { order_id } = (await topUp(user, 20)).json()
  const response = await capture(user, order_id)
  expect([response.statusCode, response.json().code]).toEqual([409, 'invalid_state'])
  expect(await transactionsOf(user)).toMatchObject([{ status: 'PENDING' }])
})

test('a definite no is FAILED with 402; the wallet is untouched', async () => {
  const user = await app.given.user()
  const { order_id, approval_url } = (await topUp(user, 20.13)).json()
  await approve(approval_url)
  const response = await capture(user, order_id)
  expect([response.statusCode, response.json().code]).toEqual([402, 'payment_declined'])
  expect(await transactionsOf(user)).toMatchObject([{ status: 'FAILED' }])
  expect(await balanceOf(user)).toBe(0)
})

test('PayPal away in the middle: PENDING, and the reconciler settles it ten minutes later (M11)', async () => {
  const user = await app.given.user()
  const { order_id, approval_url } = (await topUp(user, 20.78)).json()
  await approve(approval_url)
  const response = await capture(user, order_id)
  expect([response.statusCode, response.json().code]).toEqual([503, 'payment_provider_error'])
  expect(await transactionsOf(user)).toMatchObject([{ status: 'PENDING' }])
  await reconcilePayments(app.payments)
  expect(await balanceOf(user)).toBe(0)
  const later = { now: () => new Date(app.clock.now().getTime() + 11 * 60_000) }
  await Promise.all([
    reconcilePayments({ ...app.payments, clock: later }),
    reconcilePayments({ ...app.payments, clock: later }),
  ])
  expect(await balanceOf(user)).toBe(2078)
})

test('another amount than ours is never credited (M10)', async () => {
  const user = await app.given.user()
  const { order_id, approval_url } = (await topUp(user, 20.79)).json()
  await approve(approval_url)
  expect((await capture(user, order_id)).statusCode).toBe(503)
  expect(await transactionsOf(user)).toMatchObject([{ status: 'PENDING' }])
  expect(await balanceOf(user)).toBe(0)
  expect(app.logs.some((line) => line.includes('payments.amount_mismatch'))).toBe(true)
})

test('the same event three times is stored once', async () => {
  const user = await app.given.user()
  const { order_id, approval_url } = (await topUp(user, 20.81)).json()
  await approve(approval_url)
  expect((await capture(user, order_id)).statusCode).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const rows = await app.db.selectFrom('payments.provider_events').select('payload').execute()
  expect(rows.filter((row) => JSON.stringify(row.payload).includes(order_id))).toHaveLength(1)
})

test('an unsigned or altered webhook is 400 and nothing is stored (readiness row M-06)', async () => {
  const before = await app.db.selectFrom('payments.provider_events').select('id').execute()
  const event = { id: 'WH-forged', event_type: 'PAYMENT.CAPTURE.COMPLETED', resource: {} }
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/payments/paypal/webhook',
    payload: event,
    headers: { 'paypal-transmission-id': 'x', 'paypal-transmission-sig': 'forged' },
  })
  expect([response.statusCode, response.json().code]).toEqual([400, 'bad_request'])
  expect(await app.db.selectFrom('payments.provider_events').select('id').execute()).toEqual(before)
})

test('only the owner of a payment may capture it (M9)', async () => {
  const user = await app.given.user()
  const stranger = await app.given.user()
  const shop = await app.given.shop()
  const { order_id, approval_url } = (await topUp(user, 20)).json()
  await approve(approval_url)
  expect((await capture(stranger, order_id)).statusCode).toBe(404)
  expect(
    (
      await app.http.inject({
        method: 'POST',
        url: `/api/v1/payments/capture/${order_id}`,
        headers: shop.auth,
      })
    ).statusCode,
  ).toBe(404)
  expect(
    (await app.http.inject({ method: 'POST', url: `/api/v1/payments/capture/${order_id}` })).statusCode,
  ).toBe(401)
  expect(await balanceOf(user)).toBe(0)
})

test('amounts outside the bounds, with three decimals or of another kind, and people with an unverified address are refused and nothing is written (A-17)', async () => {
  const user = await app.given.user()
  for (const amount of [0, 0.99, -5, 10_000.01, 10.001, '10', null]) {
    const response = await topUp(user, amount)
    expect([response.statusCode, response.json().code], String(amount)).toEqual([422, 'validation_failed'])
  }
  expect((await topUp(user, 10, { payment_type: 'product_rent' })).json().code).toBe('invalid_payment_type')
  const admin = await app.given.admin()
  expect((await topUp(admin, 10)).json().code).toBe('admin_topup_on_web')
  const unverified = await app.given.user({ verified: false })
  expect((await topUp(unverified, 10)).json().code).toBe('email_unverified')
  for (const person of [user, admin, unverified]) expect(await transactionsOf(person)).toEqual([])
})

test('the books balance after all of this', async () => {
  expect(await checkLedger(app.db)).toEqual({
    wrong_balances: [],
    unbalanced_transactions: [],
    wrong_holds: [],
  })
})
