import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { TEST_CALL } from '#test/given.ts'
import { adjustBalance, checkLedger, postTransaction, releaseCharge, reserveCharge } from './public.ts'

let app: TestApp
let owner: pg.Client

beforeAll(async () => {
  app = await startTestApp()
  owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await app.stop()
})

const fundsOf = (user_id: number) =>
  app.db
    .selectFrom('wallet.v_user_funds')
    .selectAll()
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
const spend = (user_id: number, cents: number) =>
  inTransaction(app.db, (tx) =>
    postTransaction(tx, {
      owner: { user_id },
      type: 'GENERATION',
      amount_cents: -cents,
      counterpart: 'platform:revenue',
      extra_data: {},
      description: 'test',
      payment_method: 'balance',
      now: app.clock.now(),
    }),
  )

test('a hundred callers against money for ten: ten succeed, the balance is zero and never below', async () => {
  const { user_id } = await app.given.user({ balance: 1_000 })
  const results = await Promise.all(Array.from({ length: 100 }, () => spend(user_id, 100)))
  expect(results.filter((result) => result !== undefined)).toHaveLength(10)
  expect((await fundsOf(user_id)).balance_cents).toBe(0)
  const rows = await app.db
    .selectFrom('wallet.transactions')
    .select('balance_after_cents')
    .where('user_id', '=', user_id)
    .where('type', '=', 'GENERATION')
    .execute()
  expect(rows.map((row) => row.balance_after_cents).sort((a, b) => Number(a) - Number(b))).toEqual([
    0, 100, 200, 300, 400, 500, 600, 700, 800, 900,
  ])
})

test('money that is held cannot be spent elsewhere', async () => {
  const { user_id } = await app.given.user({ balance: 150 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: 0 })
    .where('user_id', '=', user_id)
    .execute()
  const charge = await inTransaction(app.db, (tx) =>
    reserveCharge(tx, { user_id, kind: 'try_on', price_cents: 100, reason: 'test', now: app.clock.now() }),
  )
  expect(await spend(user_id, 100)).toBeUndefined()
  expect(await spend(user_id, 50)).toBeDefined()
  await inTransaction(app.db, (tx) => releaseCharge(tx, charge, { user_id, kind: 'try_on' }))
  expect(await fundsOf(user_id)).toMatchObject({ balance_cents: 100, held_cents: 0 })
})

test('free generations never pay a try-on and vice versa (contract 4.2)', async () => {
  const { user_id } = await app.given.user()
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: 0 })
    .where('user_id', '=', user_id)
    .execute()
  const reserve = inTransaction(app.db, (tx) =>
    reserveCharge(tx, { user_id, kind: 'try_on', price_cents: 50, reason: 'test', now: app.clock.now() }),
  )
  await expect(reserve).rejects.toMatchObject({ code: 'insufficient_balance' })
  expect(await fundsOf(user_id)).toMatchObject({ free_generations_left: 3, free_try_ons_left: 0 })
})

test('a released charge cannot be released again: the second attempt changes nothing', async () => {
  const { user_id } = await app.given.user({ balance: 100 })
  await app.db
    .updateTable('wallet.free_credits')
    .set({ try_ons_left: 0 })
    .where('user_id', '=', user_id)
    .execute()
  const charge = await inTransaction(app.db, (tx) =>
    reserveCharge(tx, { user_id, kind: 'try_on', price_cents: 100, reason: 'test', now: app.clock.now() }),
  )
  const release = () => inTransaction(app.db, (tx) => releaseCharge(tx, charge, { user_id, kind: 'try_on' }))
  const results = await Promise.allSettled([release(), release(), release()])
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  expect(await fundsOf(user_id)).toMatchObject({ balance_cents: 100, held_cents: 0 })
})

test('an adjustment below zero is refused, and leaves neither row nor audit entry', async () => {
  const user = await app.given.user({ balance: 100 })
  const admin = await app.given.admin()
  const before = await app.db.selectFrom('audit.logs').select('id').execute()
  const adjust = adjustBalance(
    { db: app.db, clock: app.clock },
    { actor: admin.actor, call: TEST_CALL },
    { owner: { user_id: user.user_id }, amount_cents: -101, reason: 'a test of the floor' },
  )
  await expect(adjust).rejects.toMatchObject({ code: 'invalid_state', status: 409 })
  expect((await fundsOf(user.user_id)).balance_cents).toBe(100)
  expect(await app.db.selectFrom('audit.logs').select('id').execute()).toEqual(before)
})

test('the database itself refuses unbalanced entries, changed entries and negative wallets', async () => {
  const { user_id } = await app.given.user({ balance: 100 })
  const account = await app.db
    .selectFrom('wallet.accounts')
    .select('id')
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
  const transaction = await app.db
    .selectFrom('wallet.transactions')
    .select('id')
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
  const insert = sql`
    insert into wallet.ledger_entries (transaction_id, account_id, amount_cents, balance_after_cents)
    values (${transaction.id}, ${account.id}, 5, 105)`
  await expect(insert.execute(app.db)).rejects.toThrow('do not sum to zero')
  await expect(owner.query('update wallet.ledger_entries set amount_cents = 1')).rejects.toThrow(
    'append-only',
  )
  await expect(owner.query('delete from wallet.ledger_entries')).rejects.toThrow('append-only')
  await expect(owner.query('truncate wallet.ledger_entries cascade')).rejects.toThrow('append-only')
  await expect(sql`delete from wallet.ledger_entries`.execute(app.db)).rejects.toThrow('permission denied')
  await expect(
    sql`update wallet.accounts set balance_cents = -1 where user_id = ${user_id}`.execute(app.db),
  ).rejects.toThrow('check constraint')
  expect(await checkLedger(app.db)).toEqual({
    wrong_balances: [],
    unbalanced_transactions: [],
    wrong_holds: [],
  })
})

test('the check of the books finds a balance that somebody has changed', async () => {
  const { user_id } = await app.given.user({ balance: 100 })
  await owner.query('update wallet.accounts set balance_cents = 150 where user_id = $1', [user_id])
  expect((await checkLedger(app.db)).wrong_balances).toEqual([
    { code: `user:${user_id}`, balance_cents: 150, entries_cents: 100 },
  ])
  await owner.query('update wallet.accounts set balance_cents = 100 where user_id = $1', [user_id])
})

test('a person reads the own balance and transactions, newest first, without admin ids', async () => {
  const user = await app.given.user({ balance: 500 })
  await spend(user.user_id, 120)
  const balance = await app.http.inject({
    method: 'GET',
    url: '/api/v1/users/me/balance',
    headers: user.auth,
  })
  expect(balance.json()).toEqual({ balance: 3.8, free_generations_left: 3, free_try_ons_left: 5 })
  const list = await app.http.inject({
    method: 'GET',
    url: '/api/v1/users/me/transactions?limit=1',
    headers: user.auth,
  })
  expect(list.json()).toMatchObject([
    { type: 'GENERATION', amount: -1.2, status: 'COMPLETED', balance_after: 3.8, currency: 'USD' },
  ])
  const older = await app.http.inject({
    method: 'GET',
    url: '/api/v1/users/me/transactions?skip=1',
    headers: user.auth,
  })
  expect(older.json()).toMatchObject([
    { type: 'ADJUSTMENT', amount: 5, extra_data: { reason: 'given by a test' } },
  ])
  expect(older.json()[0].extra_data).not.toHaveProperty('admin_id')
})
