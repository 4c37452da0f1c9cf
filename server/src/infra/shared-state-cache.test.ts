import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import type { SharedState } from './shared-state.ts'
import { withLocalCache } from './shared-state-cache.ts'
import { createPostgresSharedState } from './shared-state-postgres.ts'

const log = pino({ level: 'silent' })
const cacheable = (key: string) => key.startsWith('c:')
let database: TestDatabase
let pool: pg.Pool
let shared: SharedState

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url })
  shared = createPostgresSharedState({ pool, log })
})
afterAll(async () => {
  await shared.close()
  await pool.end()
  await database.drop()
})

/** The real store, with a count of the reads that reach it and a gate that can hold them back. */
function observed() {
  const seen = { reads: 0, gate: Promise.resolve() }
  const store: SharedState = {
    ...shared,
    async get(key) {
      seen.reads += 1
      const value = await shared.get(key)
      await seen.gate
      return value
    },
  }
  return { seen, store }
}

test('a second read within the life asks nobody, also for a key that does not exist', async () => {
  const { seen, store } = observed()
  const cache = await withLocalCache(store, { log, cacheable })
  await shared.set('c:1', 'v', 60_000)
  expect([
    await cache.get('c:1'),
    await cache.get('c:1'),
    await cache.get('c:none'),
    await cache.get('c:none'),
  ]).toEqual(['v', 'v', null, null])
  expect(seen.reads).toBe(2)
})

test('a thousand readers at once ask once', async () => {
  const { seen, store } = observed()
  const cache = await withLocalCache(store, { log, cacheable })
  await shared.set('c:many', 'v', 60_000)
  const values = await Promise.all(Array.from({ length: 1_000 }, () => cache.get('c:many')))
  expect(new Set(values)).toEqual(new Set(['v']))
  expect(seen.reads).toBe(1)
})

test('keys that are not declared are read from the store every time', async () => {
  const { seen, store } = observed()
  const cache = await withLocalCache(store, { log, cacheable })
  await shared.set('x', '1', 60_000)
  await cache.get('x')
  await shared.set('x', '2', 60_000)
  expect(await cache.get('x')).toBe('2')
  expect(seen.reads).toBe(2)
})

test('a change that nobody announced is seen after the life at the latest', async () => {
  const { store } = observed()
  const cache = await withLocalCache(store, { log, cacheable, life_ms: 200 })
  await shared.set('c:silent', '1', 60_000)
  expect(await cache.get('c:silent')).toBe('1')
  await shared.set('c:silent', '2', 60_000)
  expect(await cache.get('c:silent')).toBe('1')
  await pause(210)
  expect(await cache.get('c:silent')).toBe('2')
})

test('the life cannot be made longer than a second', async () => {
  const { seen, store } = observed()
  const cache = await withLocalCache(store, { log, cacheable, life_ms: 3_600_000 })
  await cache.get('c:long')
  await pause(1_010)
  await cache.get('c:long')
  expect(seen.reads).toBe(2)
})

test('a value that was read before a change and arrives after it is not kept', async () => {
  const { seen, store } = observed()
  const cache = await withLocalCache(store, { log, cacheable })
  await shared.set('c:race', 'old', 60_000)
  const held = Promise.withResolvers<void>()
  seen.gate = held.promise
  const slow = cache.get('c:race')
  await vi.waitFor(() => expect(seen.reads).toBe(1))
  await pause(50)
  await cache.set('c:race', 'new', 60_000)
  held.resolve()
  expect(await slow).toBe('old')
  expect(await cache.get('c:race')).toBe('new')
})

test('when the change cannot be announced the write stands and is logged', async () => {
  const lines: string[] = []
  const noisy = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const { store } = observed()
  const mute: SharedState = { ...store, publish: () => Promise.reject(new Error('away')) }
  const cache = await withLocalCache(mute, { log: noisy, cacheable })
  await cache.set('c:mute', 'v', 60_000)
  expect(await shared.get('c:mute')).toBe('v')
  expect(lines.join()).toContain('shared_state.not_announced')
})

test('memory is bounded: the oldest entry makes room', async () => {
  const { seen, store } = observed()
  const cache = await withLocalCache(store, { log, cacheable, entries_max: 2 })
  for (const key of ['c:a', 'c:b', 'c:c', 'c:c', 'c:b', 'c:a']) await cache.get(key)
  expect(seen.reads).toBe(4)
})
