import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { type RedisServer, startRedis, startRedisCluster, startRedisWithSentinel } from '#test/redis.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'
import { type SharedState, SharedStateUnavailable } from './shared-state.ts'
import { createRedisSharedState } from './shared-state-redis.ts'
import { parseRedisUrl } from './shared-state-redis-url.ts'

const log = pino({ level: 'silent' })

/** What a test opened is closed when it ends, also when it fails: a server left running outlives the run. */
const opened: (() => unknown)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})
async function kept<T extends { stop: () => Promise<void> }>(starting: Promise<T>): Promise<T> {
  const part = await starting
  opened.push(part.stop)
  return part
}
function connectTo(url: string, beat_ms = 10_000): SharedState {
  const shared = createRedisSharedState({ url, log, beat_ms })
  opened.push(() => shared.close())
  return shared
}

/** Asks until the store answers again, and tells how long that took. */
async function untilBack(shared: SharedState, keys: string[]): Promise<number> {
  const started = performance.now()
  await vi.waitFor(() => Promise.all(keys.map((key) => shared.set(key, 'back', 60_000))), {
    timeout: 20_000,
    interval: 50,
  })
  return performance.now() - started
}

async function publishUntilHeard(publisher: SharedState, channel: string, heard: string[]): Promise<void> {
  heard.length = 0
  await vi.waitFor(
    async () => {
      await publisher.publish(channel, 'again')
      await pause(20)
      expect(heard).toContain('again')
    },
    { timeout: 20_000, interval: 50 },
  )
}

test.each([
  ['redis://cache', { kind: 'single', hosts: [{ host: 'cache', port: 6379 }], db: 0, tls: false }],
  [
    'rediss://leema:p%40ss%3A@cache:6380/3',
    {
      kind: 'single',
      hosts: [{ host: 'cache', port: 6380 }],
      db: 3,
      tls: true,
      username: 'leema',
      password: 'p@ss:',
    },
  ],
  [
    'redis://:secret@[::1]:7000',
    { kind: 'single', hosts: [{ host: '::1', port: 7000 }], db: 0, tls: false, password: 'secret' },
  ],
  [
    'redis://:s@a:1,redis://b:2',
    {
      kind: 'cluster',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      db: 0,
      tls: false,
      password: 's',
    },
  ],
  [
    'redis://a:1,b:2',
    {
      kind: 'cluster',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      db: 0,
      tls: false,
    },
  ],
  ['rediss+cluster://one', { kind: 'cluster', hosts: [{ host: 'one', port: 6379 }], db: 0, tls: true }],
  [
    'redis+sentinel://:s@a,b:5/main/2?sentinel_password=t',
    {
      kind: 'sentinel',
      hosts: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 5 },
      ],
      master_name: 'main',
      db: 2,
      tls: false,
      password: 's',
      sentinel_password: 't',
    },
  ],
])('understands %s', (url, target) => {
  expect(parseRedisUrl(url)).toEqual(target)
})

test.each([
  'http://:hunter2@cache',
  'redis://:hunter2@',
  'redis://:hunter2@cache:99999',
  'redis://:hunter2@cache/first',
  'redis+sentinel://:hunter2@a,b',
  'redis://:hunter2@a,rediss://b',
  'redis://:hunter2%@cache',
  'hunter2',
])('refuses %s without repeating it', (url) => {
  expect(() => parseRedisUrl(url)).toThrow(/^REDIS_URL is not understood/)
  expect(() => parseRedisUrl(url)).not.toThrow(/hunter2/)
})

test('a server that dies and comes back is used again, and its subscriptions hear again', async () => {
  const server = await kept(startRedis())
  const [one, two] = [connectTo(server.url), connectTo(server.url)]
  const heard: string[] = []
  await one.subscribe('a', (m) => heard.push(m))
  await publishUntilHeard(two, 'a', heard)

  await server.kill()
  await vi.waitFor(() => expect(one.health()).rejects.toThrow(SharedStateUnavailable))
  const started = performance.now()
  const lost = await Promise.allSettled([
    two.get('k'),
    two.take('k'),
    two.hit('k', 5, 1_000),
    two.publish('a', 'm'),
  ])
  expect(lost.map((r) => r.status === 'rejected' && r.reason instanceof SharedStateUnavailable)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(performance.now() - started).toBeLessThan(3_000)

  await server.restart()
  await untilBack(two, ['k'])
  await publishUntilHeard(two, 'a', heard)
  await vi.waitFor(() => one.health(), { timeout: 10_000 })
})

test('what failed during an outage is not run afterwards', async () => {
  const server = await kept(startRedis())
  const shared = connectTo(server.url)
  await shared.set('k', 'before', 60_000)
  await server.kill()
  await Promise.allSettled(Array.from({ length: 20 }, () => shared.hit('late', 5, 60_000)))
  await server.restart()
  await untilBack(shared, ['other'])
  expect(await shared.hit('late', 5, 60_000)).toMatchObject({ allowed: true, remaining: 4 })
})

test('connections that died without a word are noticed and replaced', async () => {
  const server = await kept(startRedis())
  const proxy = await kept(startTcpProxy(server.port))
  const behind = connectTo(`redis://127.0.0.1:${proxy.port}`, 200)
  const direct = connectTo(server.url)
  const heard: string[] = []
  await behind.subscribe('a', (m) => heard.push(m))
  await publishUntilHeard(direct, 'a', heard)
  proxy.freeze()
  await untilBack(behind, ['k'])
  await publishUntilHeard(direct, 'a', heard)
})

test('the account and the number of the database are used', async () => {
  const server = await kept(startRedis(['requirepass hunter2']))
  const shared = connectTo(`redis://:hunter2@127.0.0.1:${server.port}/5`)
  await shared.set('k', 'v', 60_000)
  const fifth = new Redis(server.port, '127.0.0.1', { password: 'hunter2', db: 5 })
  expect(await fifth.keys('*')).toEqual(['leema:value:k'])
  fifth.disconnect()
  const wrong = connectTo(`redis://:wrong@127.0.0.1:${server.port}`)
  await expect(wrong.get('k')).rejects.toThrow(SharedStateUnavailable)
})

test('when a master of a cluster dies its replica takes over, for keys and for subscriptions', async () => {
  const cluster = await kept(startRedisCluster({ replicas_each: 1 }))
  const subscribers = Array.from({ length: 6 }, () => connectTo(cluster.url, 500))
  const publisher = connectTo(cluster.url)
  const heard = subscribers.map((): string[] => [])
  for (const [i, subscriber] of subscribers.entries())
    await subscriber.subscribe('a', (m) => heard[i]?.push(m))
  const keys = Array.from({ length: 60 }, (_, i) => `k${i}`)
  await untilBack(publisher, keys)

  await cluster.masters[0]?.kill()
  expect(await untilBack(publisher, keys)).toBeLessThan(15_000)
  expect(await Promise.all(keys.map((key) => publisher.get(key)))).toEqual(keys.map(() => 'back'))
  for (const mine of heard) await publishUntilHeard(publisher, 'a', mine)
}, 60_000)

test('when the master behind a Sentinel dies the new one is used', async () => {
  const guarded = await kept(startRedisWithSentinel())
  const shared = connectTo(guarded.url, 500)
  const heard: string[] = []
  await shared.subscribe('a', (m) => heard.push(m))
  await publishUntilHeard(shared, 'a', heard)
  await guarded.master.kill()
  expect(await untilBack(shared, ['k'])).toBeLessThan(15_000)
  expect(await shared.get('k')).toBe('back')
  await publishUntilHeard(shared, 'a', heard)
}, 60_000)

test('nothing is left open after close, also when the server was never there', async () => {
  const server: RedisServer = await kept(startRedis())
  const shared = connectTo(server.url)
  await shared.subscribe('a', () => undefined)
  await shared.set('k', 'v', 60_000)
  const admin = new Redis(server.port, '127.0.0.1')
  const clients = async () =>
    String(await admin.client('LIST'))
      .trim()
      .split('\n').length
  expect(await clients()).toBe(3)
  await shared.close()
  await vi.waitFor(async () => expect(await clients()).toBe(1))
  await expect(shared.get('k')).rejects.toThrow(SharedStateUnavailable)
  admin.disconnect()
  await server.stop()
  const nowhere = connectTo(server.url)
  await expect(nowhere.subscribe('a', () => undefined)).rejects.toThrow(SharedStateUnavailable)
})
