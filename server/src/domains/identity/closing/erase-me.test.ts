import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger, openTopUp, reserveCharge } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { type Client, createClient, eventsOf, lastEvent } from '../test-support.ts'
import { createCloser } from './closing-test-support.ts'

let app: TestApp
let client: Client
let closer: ReturnType<typeof createCloser>

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
  closer = createCloser(app)
})
afterAll(() => app.stop())

const accountOf = (account_id: number) =>
  app.db.selectFrom('identity.accounts').selectAll().where('id', '=', account_id).executeTakeFirstOrThrow()
const userRow = (user_id: number) =>
  app.db.selectFrom('identity.users').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow()
const walletOf = (user_id: number) =>
  app.db.selectFrom('wallet.accounts').selectAll().where('user_id', '=', user_id).executeTakeFirstOrThrow()
const creditsOf = (user_id: number) =>
  app.db.selectFrom('wallet.free_credits').selectAll().where('user_id', '=', user_id).executeTakeFirst()

/** Everything that a refusal must leave as it was. */
const stateOf = async (user: GivenUser) => ({
  account: await accountOf(user.account_id),
  user: await userRow(user.user_id),
  wallet: await walletOf(user.user_id),
  credits: await creditsOf(user.user_id),
  erasures: await app.db
    .selectFrom('compliance.erasures')
    .select('id')
    .where('profile_id', '=', user.user_id)
    .execute(),
  me: (await client.get('/users/me', user.token)).status,
})

test('name, address, picture, identities and secrets go at once; the sessions end', async () => {
  const user = await app.given.user({ name: 'Айгерим' })
  await app.db
    .updateTable('identity.accounts')
    .set({ google_id: `g-${user.user_id}`, apple_id: `a-${user.user_id}`, password_hash: 'x' })
    .where('id', '=', user.account_id)
    .execute()
  expect(await closer.eraseMe(user)).toMatchObject({ status: 202, body: { message: expect.any(String) } })
  expect(await accountOf(user.account_id)).toMatchObject({
    email: `deleted-user-${user.user_id}`,
    email_verified_at: null,
    password_hash: null,
    google_id: null,
    apple_id: null,
    two_factor_enabled_at: null,
    deleted_at: expect.any(Date),
  })
  expect(await userRow(user.user_id)).toMatchObject({ name: 'Deleted user', avatar_url: null })
  expect((await client.get('/users/me', user.token)).status).toBe(401)
  expect((await eventsOf(app, 'session.revoked')).at(-1)).toMatchObject({ account_id: user.account_id })
})

test('without `confirm: true` nothing happens', async () => {
  const user = await app.given.user()
  const before = await stateOf(user)
  for (const payload of [{}, { confirm: false }, { confirm: 'yes' }, { confirm: true, forfeit: true }])
    expect((await closer.call('DELETE', '/users/me', user, payload)).status).toBe(422)
  expect((await closer.call('DELETE', '/users/me', user)).status).toBe(422)
  expect(await stateOf(user)).toEqual(before)
})

test('a sign-in of an hour ago is not enough (A-11)', async () => {
  const user = await app.given.user()
  const before = await stateOf(user)
  app.clock.advance(16 * MINUTE_MS)
  expect(await closer.eraseMe(user)).toMatchObject({ status: 401, body: { code: 'reauth_required' } })
  expect(await stateOf(user)).toEqual(before)
})

test('money on the balance is a refusal that names it; given up, it goes to the platform by an adjustment', async () => {
  const user = await app.given.user({ balance: 1_234 })
  const before = await stateOf(user)
  expect(await closer.eraseMe(user)).toMatchObject({
    status: 409,
    body: { code: 'invalid_state', reason: 'balance_left', balance: 12.34 },
  })
  expect(await stateOf(user)).toEqual(before)
  expect((await closer.eraseMe(user, { forfeit_balance: true })).status).toBe(202)
  expect(await walletOf(user.user_id)).toMatchObject({ balance_cents: 0, closed_at: expect.any(Date) })
  const last = await app.db
    .selectFrom('wallet.transactions')
    .select(['type', 'amount_cents', 'status', 'balance_after_cents'])
    .where('user_id', '=', user.user_id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  expect(last).toEqual({
    type: 'ADJUSTMENT',
    amount_cents: -1_234,
    status: 'COMPLETED',
    balance_after_cents: 0,
  })
  expect(await checkLedger(app.db)).toEqual({
    wrong_balances: [],
    unbalanced_transactions: [],
    wrong_holds: [],
  })
})

test('a payment that the provider has yet to confirm is a refusal, and nothing can be paid in afterwards', async () => {
  const user = await app.given.user()
  const topUp = () =>
    inTransaction(app.db, (tx) =>
      openTopUp(tx, {
        owner: { user_id: user.user_id },
        amount_cents: 500,
        currency: 'USD',
        description: 'Top-up',
      }),
    )
  const id = await topUp()
  const before = await stateOf(user)
  expect(await closer.eraseMe(user)).toMatchObject({ status: 409, body: { reason: 'pending_payments' } })
  expect(await stateOf(user)).toEqual(before)
  await app.db.updateTable('wallet.transactions').set({ status: 'FAILED' }).where('id', '=', id).execute()
  expect((await closer.eraseMe(user)).status).toBe(202)
  await expect(topUp()).rejects.toMatchObject({ status: 409 })
})

test('an admin cannot erase himself', async () => {
  const admin = await app.given.admin()
  const before = await stateOf(admin)
  expect(await closer.eraseMe(admin)).toMatchObject({ status: 409, body: { reason: 'is_admin' } })
  expect(await stateOf(admin)).toEqual(before)
})

test('what still waits to be painted is ended, and its price given back before the balance is looked at', async () => {
  const user = await app.given.user({ balance: 500 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ generations_left: 1 })
    .where('user_id', '=', user.user_id)
    .execute()
  const ask = () => closer.call('POST', '/generations/generate', user, { prompt: 'red coat' })
  const [free, paid] = [await ask(), await ask()]
  expect([free.status, paid.status]).toEqual([202, 202])
  expect((await walletOf(user.user_id)).held_cents).toBe(100)
  expect(await closer.eraseMe(user)).toMatchObject({ status: 409, body: { balance: 5 } })
  expect((await walletOf(user.user_id)).held_cents).toBe(100)
  expect((await closer.eraseMe(user, { forfeit_balance: true })).status).toBe(202)
  const rows = await app.db
    .selectFrom('studio.generations')
    .select(['status', 'error_code', 'cost_cents'])
    .where('user_id', '=', user.user_id)
    .execute()
  expect(rows).toEqual([1, 2].map(() => ({ status: 'failed', error_code: 'account_closed', cost_cents: 0 })))
  expect(await walletOf(user.user_id)).toMatchObject({ balance_cents: 0, held_cents: 0 })
  expect(await creditsOf(user.user_id)).toBeUndefined()
})

test('of ten at once one erases and the others are nobody any more; the balance is given up once', async () => {
  const user = await app.given.user({ balance: 700 })
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => closer.eraseMe(user, { forfeit_balance: true })),
  )
  const codes = answers.map((answer) => answer.status).sort()
  expect(codes).toEqual([202, ...Array.from({ length: 9 }, () => 401)])
  const given_up = await app.db
    .selectFrom('wallet.transactions')
    .select('amount_cents')
    .where('user_id', '=', user.user_id)
    .where('amount_cents', '<', 0)
    .execute()
  expect(given_up).toEqual([{ amount_cents: -700 }])
})

test('generations asked for at the same moment are ended or refused: none runs, nothing is held', async () => {
  const user = await app.given.user({ balance: 5_000 })
  const ask = () => closer.call('POST', '/generations/generate', user, { prompt: 'red coat' })
  const [erased, ...asked] = await Promise.all([
    closer.eraseMe(user, { forfeit_balance: true }),
    ...Array.from({ length: 12 }, ask),
  ])
  expect(erased?.status).toBe(202)
  for (const answer of asked) expect([202, 401, 402]).toContain(answer.status)
  const open = await app.db
    .selectFrom('studio.generations')
    .select('id')
    .where('user_id', '=', user.user_id)
    .where('status', 'in', ['queued', 'processing'])
    .execute()
  expect(open).toEqual([])
  expect(await walletOf(user.user_id)).toMatchObject({ balance_cents: 0, held_cents: 0 })
  expect((await checkLedger(app.db)).wrong_holds).toEqual([])
})

test('a generation that was accepted a moment before, and is committed a moment later, is ended, too', async () => {
  const user = await app.given.user()
  const { user_id } = user
  const accepted = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const request = inTransaction(app.db, async (tx) => {
    const now = app.clock.now()
    const charge = await reserveCharge(tx, {
      user_id,
      kind: 'generation',
      price_cents: 100,
      reason: 'generation',
      now,
    })
    await tx
      .insertInto('studio.generations')
      .values({ ...charge, user_id, type: 'generation', mode: 'generate', aspect_ratio: '2:3' })
      .execute()
    accepted.resolve()
    await commit.promise
  })
  await accepted.promise
  const erasing = closer.eraseMe(user)
  expect(await Promise.race([erasing, pause(300, 'waits')])).toBe('waits')
  commit.resolve()
  await request
  expect((await erasing).status).toBe(202)
  const rows = await app.db
    .selectFrom('studio.generations')
    .select(['status', 'error_code'])
    .where('user_id', '=', user_id)
    .execute()
  expect(rows).toEqual([{ status: 'failed', error_code: 'account_closed' }])
})

test('the address can sign up again, as somebody new', async () => {
  const email = client.newEmail()
  const first = await client.register({ email, name: 'Первая' })
  const token = String(first.body.access_token)
  expect((await closer.eraseMe({ auth: { authorization: `Bearer ${token}` } })).status).toBe(202)
  expect((await client.login({ email })).status).toBe(401)
  const second = await client.register({ email, name: 'Вторая' })
  expect(second.status).toBe(201)
  const id = (answer: typeof first) => Object(answer.body.user).id
  expect(id(second)).toBeGreaterThan(id(first))
  expect((await client.login({ email })).status).toBe(200)
})

test('a shop on the same account lives on and signs in as before; a new user profile starts from nothing', async () => {
  const email = client.newEmail()
  const made = await client.register({ email, name: 'Дана' })
  const auth = { authorization: `Bearer ${String(made.body.access_token)}` }
  const user_id = Object(made.body.user).id
  await app.db
    .updateTable('identity.accounts')
    .set({ email_verified_at: app.clock.now() })
    .where('email', '=', email)
    .execute()
  const shop = await closer.call('POST', '/auth/user/get-or-create-shop', { auth })
  const shop_auth = { authorization: `Bearer ${shop.body.access_token}` }
  expect((await closer.eraseMe({ auth })).status).toBe(202)
  expect((await closer.call('GET', '/users/me', { auth })).status).toBe(401)
  expect(await closer.call('GET', '/shops/me', { auth: shop_auth })).toMatchObject({
    status: 200,
    body: { email, id: shop.body.shop.id },
  })
  expect((await client.login({ email, account_type: 'shop' })).status).toBe(200)
  expect(await lastEvent(app, 'identity.user_erased')).toMatchObject({ keeps_shop: true })
  const { account_id } = await userRow(user_id)
  expect((await accountOf(account_id)).email).toBe(`deleted-user-${user_id}`)
})

test('the trail says that and by whom, never who it was', async () => {
  const user = await app.given.user({ name: 'Сауле Тайная', balance: 300 })
  await closer.eraseMe(user, { forfeit_balance: true })
  const row = await app.db
    .selectFrom('audit.logs')
    .selectAll()
    .where('action', '=', 'identity.user_erased')
    .where('entity_id', '=', user.user_id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ user_id: user.user_id, entity_type: 'user' })
  expect(row.old_values).toEqual({ role: 'user', balance_cents: 300, signs_in_with: [] })
  expect(row.new_values).toEqual({ forfeited_cents: 300, is_account_closed: true })
})

test('an admin erases a user with a reason; an admin, a stranger and a missing reason are refused', async () => {
  const admin = await app.given.admin()
  const user = await app.given.user({ balance: 100 })
  const remove = (user_id: number, payload: object) =>
    closer.call('DELETE', `/admin/users/${user_id}`, admin, payload)
  const reason = 'Asked for by letter'
  const before = await stateOf(user)
  expect((await remove(user.user_id, {})).status).toBe(422)
  expect((await remove(user.user_id, { reason: 'short' })).status).toBe(422)
  expect(await remove(user.user_id, { reason })).toMatchObject({ status: 409, body: { balance: 1 } })
  expect((await remove(999_999, { reason })).status).toBe(404)
  const other = await app.given.admin()
  expect(await remove(other.user_id, { reason })).toMatchObject({
    status: 409,
    body: { reason: 'is_admin' },
  })
  expect(await stateOf(user)).toEqual(before)
  expect((await remove(user.user_id, { reason, forfeit_balance: true })).status).toBe(200)
  expect((await remove(user.user_id, { reason })).status).toBe(404)
  expect((await client.get('/users/me', user.token)).status).toBe(401)
  const row = await app.db
    .selectFrom('audit.logs')
    .selectAll()
    .where('action', '=', 'identity.user_erased')
    .where('entity_id', '=', user.user_id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ user_id: admin.user_id, new_values: { reason, forfeited_cents: 100 } })
  app.clock.advance(16 * MINUTE_MS)
  const third = await app.given.user()
  expect(await remove(third.user_id, { reason })).toMatchObject({
    status: 401,
    body: { code: 'reauth_required' },
  })
})

test('the old address gets a mail in its language that says what was given up', async () => {
  const user = await app.given.user({ balance: 250 })
  await closer.eraseMe(user, { forfeit_balance: true })
  await closer.deliver()
  const mail = await app.db
    .selectFrom('notifications.mails')
    .select(['subject', 'body_text', 'locale'])
    .where('to_address', '=', user.email)
    .where('template', '=', 'account_deleted')
    .executeTakeFirstOrThrow()
  expect(mail).toMatchObject({ subject: 'Ваш аккаунт удалён', locale: 'ru' })
  expect(mail.body_text).toContain('2.50 USD')
})
