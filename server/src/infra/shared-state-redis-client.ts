import { Cluster, type ClusterOptions, Redis, type RedisOptions, type Result } from 'ioredis'
import type { Logger } from './log.ts'
import type { RedisTarget } from './shared-state-redis-url.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    leemaHit(
      key: string,
      limit: number,
      window_ms: number,
    ): Result<
      [allowed: number, started_ms: number, current: number, previous: number, now_ms: number],
      Context
    >
    leemaPublish(channel: string, message: string): Result<number, Context>
  }
}

/** The same arithmetic as rate-limit-window.ts, with the clock of Redis. A refused hit writes nothing. */
const HIT_LUA = `
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 's', 'c', 'p')
local started, current, previous = tonumber(kept[1]) or now, tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
local age = math.max(0, now - started)
if age >= 2 * window then
  started, current, previous = now, 0, 0
elseif age >= window then
  started, current, previous = started + window, 0, current
end
local elapsed = math.max(0, now - started)
local allowed = current < limit and previous * (window - elapsed) <= (limit - current) * window
if allowed then
  current = current + 1
  redis.call('HSET', KEYS[1], 's', string.format('%.0f', started), 'c', current, 'p', previous)
  redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', started + 2 * window))
end
return { allowed and 1 or 0, started, current, previous, now }`

/** A bare PUBLISH goes to any node of a cluster, and two messages by different nodes may overtake each other. */
const PUBLISH_LUA = `return redis.call('PUBLISH', KEYS[1], ARGV[1])`

const SCRIPTS = {
  leemaHit: { lua: HIT_LUA, numberOfKeys: 1 },
  leemaPublish: { lua: PUBLISH_LUA, numberOfKeys: 1 },
}
/** One answer; measured on loopback 0.2 ms at the median. */
export const COMMAND_MS = 1_000
const CONNECT_MS = 2_000

export type RedisClient = Redis | Cluster

/**
 * A client that fails within a second instead of queueing: a command waits for no connection (`sender` below does,
 * briefly) and is not run again when the connection breaks, because nobody waits for its answer any more.
 */
export function createRedisClient(target: RedisTarget, log: Logger): RedisClient {
  const wishes: RedisOptions = {
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 1,
    // A peer that vanished without a word: commands are under way and not one byte came back.
    socketTimeout: 2 * COMMAND_MS,
  }
  return watched(target, wishes, log)
}

/** A client for SUBSCRIBE: it may wait for its connection, and subscribes again whenever it gets a new one. */
export function createRedisSubscriber(target: RedisTarget, log: Logger): RedisClient {
  return watched(target, { enableOfflineQueue: true, maxRetriesPerRequest: null, autoResubscribe: true }, log)
}

function watched(target: RedisTarget, wishes: RedisOptions, log: Logger): RedisClient {
  const client =
    target.kind === 'cluster' ? makeCluster(target, wishes) : new Redis(nodeOptions(target, wishes))
  let warned_at = Number.NEGATIVE_INFINITY
  client.on('error', (err: unknown) => {
    // Every attempt to reconnect fails with the same words: one line a minute says it all.
    if (performance.now() - warned_at < 60_000) return
    warned_at = performance.now()
    log.warn({ event: 'shared_state.redis_away', err }, 'redis connection failed')
  })
  return client
}

function nodeOptions(target: RedisTarget, wishes: RedisOptions): RedisOptions {
  const [first] = target.hosts
  const where: RedisOptions =
    target.kind === 'sentinel'
      ? {
          sentinels: target.hosts,
          name: target.master_name,
          sentinelPassword: target.sentinel_password,
          sentinelCommandTimeout: COMMAND_MS,
          enableTLSForSentinelMode: target.tls,
          // Hears of a failover from the Sentinels instead of waiting for the old master to hang up.
          failoverDetector: true,
          ...(target.tls ? { sentinelTLS: {} } : {}),
        }
      : { ...first }
  return { ...commonOptions(target, wishes), ...where, db: target.db, retryStrategy: pause }
}

function commonOptions(target: RedisTarget, wishes: RedisOptions): RedisOptions {
  return {
    username: target.username,
    password: target.password,
    connectTimeout: CONNECT_MS,
    keepAlive: 10_000,
    autoResendUnfulfilledCommands: false,
    // After a failover the old master may come back as a replica that refuses writes.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    scripts: SCRIPTS,
    ...(target.tls ? { tls: {} } : {}),
    ...wishes,
  }
}

function makeCluster(target: RedisTarget, wishes: RedisOptions): Cluster {
  const { enableOfflineQueue = true, ...forNodes } = wishes
  const options: ClusterOptions = {
    enableOfflineQueue,
    scripts: SCRIPTS,
    clusterRetryStrategy: pause,
    slotsRefreshTimeout: CONNECT_MS,
    redisOptions: commonOptions(target, forNodes),
    // With TLS the name must reach the certificate check; without, ioredis resolves it itself.
    ...(target.tls ? { dnsLookup: (host, found) => found(null, host) } : {}),
  }
  return new Cluster(target.hosts, options)
}

function pause(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 6), 2_000)
}

/**
 * Runs a command as soon as the client is connected, within `COMMAND_MS`; otherwise never. Unlike the queue of
 * ioredis it drops what nobody waits for any more, so an outage of minutes neither fills memory nor ends in a burst.
 */
export function sender(client: RedisClient): <T>(command: () => Promise<T>) => Promise<T> {
  const waiting = new Set<() => void>()
  client.on('ready', () => {
    for (const go of waiting) go()
    waiting.clear()
  })
  const ready = () =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(go)
        reject(new Error('redis is not connected'))
      }, COMMAND_MS)
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      waiting.add(go)
    })
  return async (command) => {
    if (client.status !== 'ready') await ready()
    return command()
  }
}
