import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop } from '#test/given.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'
import { connect, type Db, inTransaction, type Reader } from './db.ts'
import { deliverBatch, emit } from './outbox.ts'
import { actAs, asSystem, systemStatements, viewpointOf } from './wall.ts'

let app: TestApp
let first: GivenShop
let second: GivenShop
/** One connection for everybody: whatever is left on it would be found. */
let single: ReturnType<typeof connect>

beforeAll(async () => {
  app = await startTestApp()
  first = await app.given.shop()
  second = await app.given.shop()
  await app.given.product({ shop: first, listed: false, name: 'of the first' })
  await app.given.product({ shop: second, listed: false, name: 'of the second' })
  single = connect({ url: app.config.database.url, pool_size: 1, application_name: 'single' }, app.log)
})
afterAll(async () => {
  await single?.close()
  await app?.stop()
})

const asShop = <T>(shop: GivenShop, work: () => T) => actAs(viewpointOf(shop.actor), work)
const asGuest = <T>(work: () => T) => actAs({ kind: 'guest' }, work)

/** Whatever the filter that is missing would have kept back. */
async function cards(db: Reader = single.db): Promise<string[]> {
  const rows = await db.selectFrom('catalog.products').select('name').orderBy('id').execute()
  return rows.map(({ name }) => name)
}

async function leftOnTheConnection(): Promise<(string | null)[]> {
  const names = ['kind', 'account_id', 'user_id', 'shop_id'].map((name) => `leema.${name}`)
  const { rows } = await single.pool.query(
    'select current_setting(name, true) as value from unnest($1::text[]) name',
    [names],
  )
  return rows.map(({ value }) => value)
}

const NOTHING = ['', '', '', '']

describe('the viewpoint ends with its transaction', () => {
  test('after a statement, a transaction, a rollback and a refusal nothing is left on the pooled connection', async () => {
    const endings: (() => Promise<unknown>)[] = [
      () => cards(),
      () => inTransaction(single.db, (tx) => cards(tx)),
      () => inTransaction(single.db, () => Promise.reject(new Error('taken back'))),
      () => sql`select 1 / 0`.execute(single.db),
      () => inTransaction(single.db, (tx) => sql`select no_such_column`.execute(tx)),
    ]
    for (const ending of endings) {
      await asShop(first, ending).catch(() => undefined)
      expect(await leftOnTheConnection()).toEqual(NOTHING)
      expect(await asGuest(cards)).toEqual([])
    }
  })

  test('shops that share one connection at the same time never see each other’s rows', async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const shop = index % 2 === 0 ? first : second
        const look = () => (index % 3 === 0 ? inTransaction(single.db, (tx) => cards(tx)) : cards())
        return index % 5 === 0 ? asGuest(look) : asShop(shop, look)
      }),
    )
    const expected = seen.map((_, index) => {
      if (index % 5 === 0) return []
      return [index % 2 === 0 ? 'of the first' : 'of the second']
    })
    expect(seen).toEqual(expected)
  })
})

describe('inside a transaction', () => {
  test('what runs as the system sees all; before and after it the shop sees its own', async () => {
    const seen = await asShop(first, () =>
      inTransaction(single.db, async (tx) => [
        await cards(tx),
        await asSystem(() => cards(tx)),
        await cards(tx),
        await asGuest(() => cards(tx)),
      ]),
    )
    expect(seen).toEqual([['of the first'], ['of the first', 'of the second'], ['of the first'], []])
  })

  test('a rollback to a savepoint, which takes the settings back, widens nobody’s view', async () => {
    const seen = await asShop(first, () =>
      inTransaction(single.db, async (tx) => {
        await asSystem(() => sql`savepoint here`.execute(tx))
        const own = await cards(tx)
        // Takes back that the viewpoint was the shop's: what applies is the system again.
        await sql`rollback to savepoint here`.execute(tx)
        return [own, await cards(tx)]
      }),
    )
    expect(seen).toEqual([['of the first'], ['of the first']])
  })

  test('a statement that fails tells its own error, also when the viewpoint changed with it', async () => {
    const failing = asShop(first, () =>
      inTransaction(single.db, (tx) => asSystem(() => sql`select no_such_column`.execute(tx))),
    )
    await expect(failing).rejects.toMatchObject({ code: '42703' })
    await expect(asShop(first, () => sql`select 1 / 0`.execute(single.db))).rejects.toMatchObject({
      code: '22012',
    })
  })

  test('a write refused at the commit is refused, also for a statement of its own', async () => {
    const { rows } = await sql<{ transaction: number; account: number }>`
      select t.id as transaction, a.id as account from wallet.transactions t
      join wallet.accounts a on a.shop_id = t.shop_id where t.shop_id = ${first.shop_id}`.execute(app.db)
    const one_sided = sql`insert into wallet.ledger_entries (transaction_id, account_id, amount_cents, balance_after_cents)
      values (${rows[0]?.transaction}, ${rows[0]?.account}, 5, 5)`
    await expect(asShop(first, () => one_sided.execute(single.db))).rejects.toThrow('do not sum to zero')
  })
})

test('a connection that breaks under a statement fails that statement, and nothing else', async () => {
  const target = new URL(app.config.database.url)
  const wire = await startTcpProxy(Number(target.port))
  target.host = `127.0.0.1:${wire.port}`
  const there = connect({ url: target.href, pool_size: 1, application_name: 'cut' }, app.log)
  const statements = systemStatements(there.pool)
  const slow = { name: 'slow', text: 'select pg_sleep($1)', values: [0.8] }
  const works = [
    () => asShop(first, () => sql`select pg_sleep(0.8)`.execute(there.db)),
    () => asShop(first, () => inTransaction(there.db, (tx) => sql`select pg_sleep(0.8)`.execute(tx))),
    () => statements.query(slow),
  ]
  try {
    for (const work of works) {
      expect(await asShop(first, () => cards(there.db))).toEqual(['of the first'])
      const failing = expect(work()).rejects.toThrow()
      while (there.pool.idleCount > 0) await new Promise(setImmediate)
      setTimeout(wire.cut, 50)
      await failing
    }
    expect(await asShop(first, () => cards(there.db))).toEqual(['of the first'])
  } finally {
    await there.close()
    await wire.stop()
  }
})

test('an id that is no whole number never becomes part of a statement', () => {
  const look = (shop_id: number) => () => actAs({ kind: 'shop', account_id: 1, shop_id }, () => undefined)
  expect(look(Number.NaN)).toThrow(RangeError)
  expect(look(1.5)).toThrow(RangeError)
})

test('nobody’s work sees what a guest sees; the outbox says by itself that it is the platform’s', async () => {
  const heard: string[][] = []
  const read = async (db: Db | Reader) => void heard.push(await cards(db))
  const listeners = [{ event: 'test.happened', handle: (tx: Reader) => read(tx) }]
  await asGuest(async () => {
    await read(single.db)
    await inTransaction(app.db, (tx) => emit(tx, { name: 'test.happened', payload: {} }))
    while ((await deliverBatch({ ...app, listeners, broadcast: async () => undefined })) > 0);
  })
  expect(heard).toEqual([[], ['of the first', 'of the second']])
})
