import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Clock } from '#kernel/time.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { createRateLimiter } from './rate-limit.ts'
import { type SharedState, SharedStateUnavailable } from './shared-state.ts'
import { createPostgresSharedState } from './shared-state-postgres.ts'

const MINUTE = 60_000
let database: TestDatabase
let pool: pg.Pool
let shared: SharedState
let lines: { event: string; level: number }[]
const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) })

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
beforeEach(() => {
  lines = []
})

/** A clock that a test moves. */
function handClock(): Clock & { pass: (ms: number) => void } {
  let now_ms = Date.UTC(2026, 0, 1)
  return {
    now: () => new Date(now_ms),
    pass: (ms) => {
      now_ms += ms
    },
  }
}

/** The real store with a switch, and a count of the questions that reach it. */
function switched() {
  const state = { away: false, asked: 0 }
  const store: SharedState = {
    ...shared,
    hit: (key, limit, window_ms) => {
      state.asked += 1
      if (state.away) return Promise.reject(new SharedStateUnavailable('hit', new Error('refused')))
      return shared.hit(key, limit, window_ms)
    },
  }
  return { state, store }
}

const rule = (key: string, limit: number, window_ms = MINUTE) => ({ key, limit, window_ms })

test('the headers count down, and a refusal says when to come back', async () => {
  const limiter = createRateLimiter({ shared, log, clock: handClock() })
  const rules = [rule('headers', 2)]
  expect(await limiter.consume(rules)).toEqual({
    allowed: true,
    retry_after_s: 0,
    headers: { 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-reset': '60' },
  })
  await limiter.consume(rules)
  expect(await limiter.consume(rules)).toEqual({
    allowed: false,
    retry_after_s: 60,
    headers: {
      'ratelimit-limit': '2',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '60',
      'retry-after': '60',
    },
  })
})

test('the headers tell of the rule that is nearest to its limit', async () => {
  const limiter = createRateLimiter({ shared, log, clock: handClock() })
  const { headers } = await limiter.consume([
    rule('wide', 100),
    rule('narrow', 3, 3_600_000),
    rule('middle', 10),
  ])
  expect(headers).toEqual({ 'ratelimit-limit': '3', 'ratelimit-remaining': '2', 'ratelimit-reset': '3600' })
})

test('without rules everybody may, and no header is made up', async () => {
  const limiter = createRateLimiter({ shared, log, clock: handClock() })
  expect(await limiter.consume([])).toEqual({ allowed: true, retry_after_s: 0, headers: {} })
})

test('a caller who is refused by an earlier rule uses up nothing of the later ones', async () => {
  const limiter = createRateLimiter({ shared, log, clock: handClock() })
  const sign_in = [rule('address:attacker', 2), rule('account:victim', 5)]
  for (let i = 0; i < 50; i += 1) await limiter.consume(sign_in)
  const victim = await limiter.consume([rule('address:home', 2), rule('account:victim', 5)])
  expect(victim.allowed).toBe(true)
  expect((await shared.hit('account:victim', 5, MINUTE)).remaining).toBe(1)
})

test('a hundred requests at once on two limiters against a limit of 20: exactly 20 pass', async () => {
  const limiters = [1, 2].map(() => createRateLimiter({ shared, log, clock: handClock() }))
  const decisions = await Promise.all(
    Array.from({ length: 50 }).flatMap(() => limiters.map((limiter) => limiter.consume([rule('rush', 20)]))),
  )
  expect(decisions.filter((decision) => decision.allowed)).toHaveLength(20)
})

test('who was refused is refused again without asking the store, until the time is over', async () => {
  const { state, store } = switched()
  const clock = handClock()
  const limiter = createRateLimiter({ shared: store, log, clock })
  await limiter.consume([rule('hammer', 1, 500)])
  const refused = await limiter.consume([rule('hammer', 1, 500)])
  expect(state.asked).toBe(2)
  for (let i = 0; i < 1_000; i += 1)
    expect((await limiter.consume([rule('hammer', 1, 500)])).allowed).toBe(false)
  expect(state.asked).toBe(2)
  expect(refused.retry_after_s).toBe(1)
  clock.pass(500)
  await new Promise((resolve) => setTimeout(resolve, 505))
  expect((await limiter.consume([rule('hammer', 1, 500)])).allowed).toBe(true)
  expect(state.asked).toBe(3)
})

test('while the shared state is away this process counts alone: the gate never opens', async () => {
  const { state, store } = switched()
  const clock = handClock()
  const limiter = createRateLimiter({ shared: store, log, clock })
  state.away = true
  const allowed = []
  for (let i = 0; i < 100; i += 1) {
    allowed.push((await limiter.consume([rule('away', 5)])).allowed)
    clock.pass(100)
  }
  expect(allowed.filter(Boolean)).toHaveLength(5)
  expect(await limiter.consume([rule('away', 5)])).toMatchObject({ allowed: false, retry_after_s: 50 })
  clock.pass(50_000)
  expect((await limiter.consume([rule('away', 5)])).allowed).toBe(true)
})

test('an outage is logged once a minute, and the store is asked once a second', async () => {
  const { state, store } = switched()
  const clock = handClock()
  const limiter = createRateLimiter({ shared: store, log, clock })
  state.away = true
  for (let second = 0; second < 120; second += 1) {
    for (let i = 0; i < 10; i += 1) {
      await limiter.consume([rule(`many:${second}:${i}`, 5)])
      clock.pass(100)
    }
  }
  expect(state.asked).toBe(120)
  expect(lines.map((line) => line.event)).toEqual(['rate_limit.alone', 'rate_limit.alone'])
})

test('while one request tries a store that does not answer, the others do not wait for it', async () => {
  const { state, store } = switched()
  const clock = handClock()
  const held = Promise.withResolvers<never>()
  const limiter = createRateLimiter({
    shared: { ...store, hit: (...args) => (stuck ? held.promise : store.hit(...args)) },
    log,
    clock,
  })
  let stuck = false
  state.away = true
  await limiter.consume([rule('stuck', 5)])
  clock.pass(1_000)
  stuck = true
  const trying = limiter.consume([rule('stuck', 5)])
  for (let i = 0; i < 3; i += 1) expect((await limiter.consume([rule('stuck', 5)])).allowed).toBe(true)
  held.reject(new SharedStateUnavailable('hit', new Error('no answer')))
  expect((await trying).allowed).toBe(true)
  expect((await limiter.consume([rule('stuck', 5)])).allowed).toBe(false)
})

test('when the store is back it counts again', async () => {
  const { state, store } = switched()
  const clock = handClock()
  const limiter = createRateLimiter({ shared: store, log, clock })
  state.away = true
  await limiter.consume([rule('back', 3)])
  state.away = false
  clock.pass(1_000)
  for (let i = 0; i < 3; i += 1) await limiter.consume([rule('back', 3)])
  expect((await shared.hit('back', 3, MINUTE)).allowed).toBe(false)
})
