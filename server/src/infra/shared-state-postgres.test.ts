import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'
import { type SharedState, SharedStateUnavailable } from './shared-state.ts'
import { createPostgresSharedState, purgeExpired } from './shared-state-postgres.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
let pool: pg.Pool
let shared: SharedState

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => {
  pool = new pg.Pool({ connectionString: database.url, application_name: 'shared-state-test' })
  pool.on('error', () => undefined)
  shared = createPostgresSharedState({ pool, log })
})
afterEach(async () => {
  await shared.close()
  await pool.end()
})

/** Publishes until it is heard: between the loss of a connection and its return messages are lost. */
async function publishUntilHeard(
  channel: string,
  heard: string[],
  publisher: SharedState = shared,
): Promise<void> {
  heard.length = 0
  await vi.waitFor(
    async () => {
      await publisher.publish(channel, 'again')
      await pause(20)
      expect(heard).toContain('again')
    },
    { timeout: 15_000, interval: 50 },
  )
}

async function killListener(): Promise<number> {
  const killed = await pool.query(
    `select pg_terminate_backend(pid)
       from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like 'listen %'`,
  )
  return killed.rowCount ?? 0
}

test('when the listening connection is killed it comes back and hears all its channels again', async () => {
  const heard = { a: [] as string[], b: [] as string[] }
  await shared.subscribe('a', (m) => heard.a.push(m))
  await shared.subscribe('b', (m) => heard.b.push(m))
  for (let round = 0; round < 3; round += 1) {
    expect(await killListener()).toBe(1)
    await publishUntilHeard('a', heard.a)
    await publishUntilHeard('b', heard.b)
    await shared.health()
  }
  heard.a.length = 0
  await shared.publish('a', 'once')
  await shared.publish('a', 'end')
  await vi.waitFor(() => expect(heard.a).toContain('end'))
  expect(heard.a).toEqual(['once', 'end'])
})

test('a connection that died without a word is noticed and replaced', async () => {
  const proxy = await startTcpProxy(Number(new URL(database.url).port))
  const listen_url = database.url.replace(/@[^/]+\//, `@127.0.0.1:${proxy.port}/`)
  const behind = createPostgresSharedState({ pool, log, listen_url, beat_ms: 200 })
  const heard: string[] = []
  await behind.subscribe('a', (m) => heard.push(m))
  await publishUntilHeard('a', heard)
  proxy.freeze()
  await publishUntilHeard('a', heard)
  await behind.close()
  await proxy.stop()
})

test('health fails while the listening connection is down, and while the database is', async () => {
  const proxy = await startTcpProxy(Number(new URL(database.url).port))
  const url = database.url.replace(/@[^/]+\//, `@127.0.0.1:${proxy.port}/`)
  const behind_pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 500 })
  behind_pool.on('error', () => undefined)
  const listening = createPostgresSharedState({ pool, log, listen_url: url })
  await listening.subscribe('a', () => undefined)
  const behind = createPostgresSharedState({ pool: behind_pool, log })
  await behind.health()
  await listening.health()
  await proxy.stop()
  await expect(behind.health()).rejects.toThrow(SharedStateUnavailable)
  await vi.waitFor(() => expect(listening.health()).rejects.toThrow(SharedStateUnavailable))
  await expect(behind.hit('k', 5, 1_000)).rejects.toThrow(SharedStateUnavailable)
  await expect(behind.subscribe('a', () => undefined)).rejects.toThrow(SharedStateUnavailable)
  await listening.close()
  await behind.close()
  await behind_pool.end()
})

test('no connection listens until somebody wants to hear, and none is left after close', async () => {
  const listeners = async () => {
    const found = await pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and query like '%listen %' and pid <> pg_backend_pid()`,
    )
    return found.rowCount
  }
  await shared.set('k', 'v', 60_000)
  expect(await listeners()).toBe(0)
  await shared.subscribe('a', () => undefined)
  expect(await listeners()).toBe(1)
  await shared.close()
  await vi.waitFor(async () => expect(await listeners()).toBe(0))
})

test('the sweep deletes what has expired, in batches, and nothing else', async () => {
  await pool.query(`
    insert into shared.entries (key, value, expires_at)
    select 'old:' || i, 'v', now() - interval '1 second' from generate_series(1, 250) i`)
  await pool.query(`
    insert into shared.counters
    select 'old:' || i, 0, 1, 0, true, now() - interval '1 second' from generate_series(1, 30) i`)
  await pool.query(`insert into shared.messages (body, expires_at) values ('m', now() - interval '1 second')`)
  await shared.set('kept', 'v', 60_000)
  await shared.hit('kept', 5, 60_000)
  await shared.publish('a', 'x'.repeat(8_000))
  expect(await purgeExpired(pool, { batch: 100, batches_max: 1 })).toBe(100 + 30 + 1)
  expect(await purgeExpired(pool, { batch: 100 })).toBe(150)
  expect(await purgeExpired(pool)).toBe(0)
  const left = await pool.query<{ entries: string; counters: string; messages: string }>(
    `select (select string_agg(key, ',') from shared.entries where key not in ('k')) as entries,
            (select string_agg(key, ',') from shared.counters where key = 'kept') as counters,
            (select string_agg(left(body, 1), ',') from shared.messages) as messages`,
  )
  expect(left.rows).toEqual([{ entries: 'kept', counters: 'kept', messages: 'x' }])
})

test('several sweeps and callers at once neither block nor lose a renewed key', async () => {
  await pool.query(`
    insert into shared.entries (key, value, expires_at)
    select 'race:' || i, 'old', now() - interval '1 second' from generate_series(1, 200) i`)
  const keys = Array.from({ length: 200 }, (_, i) => `race:${i + 1}`)
  const [, , claims] = await Promise.all([
    purgeExpired(pool, { batch: 10, batches_max: 50 }),
    purgeExpired(pool, { batch: 10, batches_max: 50 }),
    Promise.all(keys.map((key) => shared.setIfAbsent(key, 'new', 60_000))),
  ])
  expect(claims.every(Boolean)).toBe(true)
  expect(await Promise.all(keys.map((key) => shared.get(key)))).toEqual(keys.map(() => 'new'))
})

test('the tables are not written to the log of the database', async () => {
  const tables = await pool.query<{ relname: string; relpersistence: string }>(
    `select relname, relpersistence from pg_class where relnamespace = 'shared'::regnamespace and relkind = 'r' order by 1`,
  )
  expect(tables.rows.map((row) => `${row.relname} ${row.relpersistence}`)).toEqual([
    'counters u',
    'entries u',
    'messages u',
  ])
})

test('counting touches no index, so that a hammered key does not bloat the table', async () => {
  const k = 'hot'
  for (let i = 0; i < 50; i += 1) await shared.hit(k, 1_000, 600_000)
  await vi.waitFor(
    async () => {
      const stats = await pool.query<{ all: number; hot: number }>(
        `select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'counters'`,
      )
      expect(stats.rows[0]?.all).toBeGreaterThanOrEqual(49)
      expect(stats.rows[0]?.hot).toBe(stats.rows[0]?.all)
    },
    { timeout: 15_000, interval: 200 },
  )
})
