import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#test/database.ts'
import { startRedis, startRedisCluster } from '#test/redis.ts'
import type { SharedState } from './shared-state.ts'
import { withLocalCache } from './shared-state-cache.ts'
import { createPostgresSharedState } from './shared-state-postgres.ts'
import { createRedisSharedState } from './shared-state-redis.ts'

const log = pino({ level: 'silent' })

/** Two instances, as two processes would have them. */
type Pair = { one: SharedState; two: SharedState; stop: () => Promise<void> }

async function onPostgres(): Promise<Pair> {
  const database = await createTestDatabase()
  const pools = [1, 2].map(() => new pg.Pool({ connectionString: database.url, max: 8 }))
  const [one, two] = pools.map((pool) => createPostgresSharedState({ pool, log }))
  if (!one || !two) throw new Error('two instances are made')
  return pairOf(one, two, async () => {
    await Promise.all(pools.map((pool) => pool.end()))
    await database.drop()
  })
}

async function onRedis(start: () => Promise<{ url: string; stop: () => Promise<void> }>): Promise<Pair> {
  const { url, stop } = await start()
  const make = () => createRedisSharedState({ url, log })
  return pairOf(make(), make(), stop)
}

function pairOf(one: SharedState, two: SharedState, stop: () => Promise<void>): Pair {
  return {
    one,
    two,
    stop: async () => {
      await Promise.all([one.close(), two.close()])
      await stop()
    },
  }
}

describe.each([
  ['Postgres', onPostgres],
  ['Redis', () => onRedis(startRedis)],
  ['Redis Cluster', () => onRedis(() => startRedisCluster({ replicas_each: 0 }))],
])('%s', (_name, open) => {
  let pair: Pair
  let one: SharedState
  let two: SharedState
  const both = (times: number) => Array.from({ length: times }, (_, i) => (i % 2 ? one : two))
  const key = () => `k:${randomUUID()}`

  beforeAll(async () => {
    pair = await open()
    one = pair.one
    two = pair.two
  })
  afterAll(() => pair.stop())

  test('a value set by one instance is read, replaced and deleted by the other', async () => {
    const k = key()
    expect(await two.get(k)).toBe(null)
    await one.set(k, 'Алматы "1"', 60_000)
    expect(await two.get(k)).toBe('Алматы "1"')
    await two.set(k, '', 60_000)
    expect(await one.get(k)).toBe('')
    await one.delete(k)
    expect(await two.get(k)).toBe(null)
  })

  test('a value is gone after its time, also for take and setIfAbsent', async () => {
    const [read, taken, claimed] = [key(), key(), key()]
    for (const k of [read, taken, claimed]) await one.set(k, 'v', 150)
    expect(await two.get(read)).toBe('v')
    await vi.waitFor(async () => expect(await two.get(read)).toBe(null), { timeout: 2_000, interval: 20 })
    await pause(200)
    expect(await two.take(taken)).toBe(null)
    expect(await two.setIfAbsent(claimed, 'w', 60_000)).toBe(true)
    expect(await one.get(claimed)).toBe('w')
  })

  test('setting anew renews the time', async () => {
    const k = key()
    await one.set(k, 'v', 100)
    await one.set(k, 'w', 60_000)
    await pause(250)
    expect(await one.get(k)).toBe('w')
  })

  test('fifty claim an absent key at once: one gets it, and its value stays', async () => {
    const k = key()
    const claims = await Promise.all(both(50).map((s, i) => s.setIfAbsent(k, `caller ${i}`, 60_000)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await one.get(k)).toBe(`caller ${claims.indexOf(true)}`)
  })

  test('fifty take a ticket at once: one gets it', async () => {
    const k = key()
    await one.set(k, 'ticket', 60_000)
    const taken = await Promise.all(both(50).map((s) => s.take(k)))
    expect(taken.filter((value) => value !== null)).toEqual(['ticket'])
    expect(await two.get(k)).toBe(null)
  })

  test('a hundred hits at once against a limit of 20: exactly 20 are allowed', async () => {
    const k = key()
    const hits = await Promise.all(both(100).map((s) => s.hit(k, 20, 60_000)))
    expect(hits.filter((hit) => hit.allowed)).toHaveLength(20)
    expect(
      hits
        .filter((hit) => hit.allowed)
        .map((hit) => hit.remaining)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 20 }, (_, i) => i))
    for (const hit of hits) expect(hit.reset_ms).toBeGreaterThan(50_000)
    for (const hit of hits) expect(hit.reset_ms).toBeLessThanOrEqual(60_000)
  })

  test('refused hits do not extend the wait: after reset_ms the next one is allowed', async () => {
    const k = key()
    for (let i = 0; i < 3; i += 1) expect((await one.hit(k, 3, 600)).allowed).toBe(true)
    const refused = await one.hit(k, 3, 600)
    expect(refused).toMatchObject({ allowed: false, remaining: 0 })
    expect(refused.reset_ms).toBeLessThanOrEqual(600)
    const over = performance.now() + refused.reset_ms
    while (performance.now() < over - 60) expect((await two.hit(k, 3, 600)).allowed).toBe(false)
    await pause(Math.max(0, over - performance.now()) + 5)
    expect((await two.hit(k, 3, 600)).allowed).toBe(true)
  })

  test('keys are counted apart, and two idle windows forget', async () => {
    const [a, b] = [key(), key()]
    expect(await one.hit(a, 1, 100)).toMatchObject({ allowed: true, remaining: 0 })
    expect((await one.hit(a, 1, 100)).allowed).toBe(false)
    expect((await one.hit(b, 1, 100)).allowed).toBe(true)
    await pause(210)
    expect(await one.hit(a, 1, 100)).toMatchObject({ allowed: true, remaining: 0 })
  })

  test('a rule that is no limit is refused instead of letting everybody through', async () => {
    for (const [limit, window_ms] of [
      [0, 1_000],
      [-1, 1_000],
      [1.5, 1_000],
      [5, 0],
      [Number.NaN, 1_000],
    ] as const) {
      await expect(one.hit(key(), limit, window_ms)).rejects.toThrow(RangeError)
    }
  })

  test('a message reaches the subscribers of its channel in both instances, once, in order', async () => {
    const channel = `room:${randomUUID()}`
    const heard = { one: [] as string[], two: [] as string[], other: [] as string[] }
    const digest = (m: string) => `${m.length} ${createHash('sha256').update(m).digest('hex').slice(0, 8)}`
    const stops = [
      await one.subscribe(channel, (m) => heard.one.push(digest(m))),
      await two.subscribe(channel, (m) => heard.two.push(digest(m))),
      await two.subscribe(`${channel}:other`, (m) => heard.other.push(digest(m))),
    ]
    // The long one travels another way in Postgres; the short one behind it must not overtake it.
    const sent = ['a', 'ж'.repeat(10_000), 'b', '', 'c'.repeat(7_500), 'd'.repeat(7_501), '@1', 'конец']
    for (const message of sent) await one.publish(channel, message)
    await vi.waitFor(() => expect(heard.two).toHaveLength(sent.length), { timeout: 5_000 })
    await vi.waitFor(() => expect(heard.one).toHaveLength(sent.length), { timeout: 5_000 })
    expect(heard).toEqual({ one: sent.map(digest), two: sent.map(digest), other: [] })
    for (const stop of stops) await stop()
  })

  test('who stops listening hears nothing more; the others still do', async () => {
    const channel = `room:${randomUUID()}`
    const heard: string[] = []
    const stop = await one.subscribe(channel, (m) => heard.push(`gone ${m}`))
    const stop_other = await one.subscribe(channel, (m) => heard.push(`here ${m}`))
    await stop()
    await two.publish(channel, '1')
    await vi.waitFor(() => expect(heard).toEqual(['here 1']), { timeout: 5_000 })
    await stop_other()
    const stop_third = await one.subscribe(channel, (m) => heard.push(`new ${m}`))
    await two.publish(channel, '2')
    await vi.waitFor(() => expect(heard).toEqual(['here 1', 'new 2']), { timeout: 5_000 })
    await stop_third()
  })

  test('a listener that throws does not silence the others', async () => {
    const channel = `room:${randomUUID()}`
    const heard: string[] = []
    const stops = [
      await one.subscribe(channel, () => {
        throw new Error('broken listener')
      }),
      await one.subscribe(channel, (m) => heard.push(m)),
    ]
    await two.publish(channel, '1')
    await two.publish(channel, '2')
    await vi.waitFor(() => expect(heard).toEqual(['1', '2']), { timeout: 5_000 })
    for (const stop of stops) await stop()
  })

  test('health is quiet while the store answers', async () => {
    await one.health()
    await two.health()
  })

  describe('with the first level in the process', () => {
    const cacheable = (k: string) => k.startsWith('cached:')

    test('a change by one instance is seen by the other at once, long before the value would have aged', async () => {
      const [a, b] = await Promise.all([one, two].map((shared) => withLocalCache(shared, { log, cacheable })))
      if (!a || !b) throw new Error('two instances are made')
      const k = `cached:${randomUUID()}`
      expect(await b.get(k)).toBe(null)
      for (const [change, now] of [
        [() => a.set(k, '1', 60_000), '1'],
        [() => a.set(k, '2', 60_000), '2'],
        [() => a.delete(k), null],
        [() => a.setIfAbsent(k, '3', 60_000), '3'],
        [() => a.take(k), null],
      ] as const) {
        await b.get(k)
        const started = performance.now()
        await change()
        expect(await a.get(k)).toBe(now)
        await vi.waitFor(async () => expect(await b.get(k)).toBe(now), { timeout: 900, interval: 5 })
        expect(performance.now() - started).toBeLessThan(900)
      }
    })
  })
})
