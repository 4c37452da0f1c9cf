import type { Logger } from './log.ts'
import { hitOf } from './rate-limit-window.ts'
import { assertRule, type SharedState, within } from './shared-state.ts'
import { COMMAND_MS, createRedisClient, createRedisSubscriber, sender } from './shared-state-redis-client.ts'
import { BEAT_MS, RedisSubscriber } from './shared-state-redis-subscriber.ts'
import { parseRedisUrl } from './shared-state-redis-url.ts'

export type RedisSharedStateOptions = {
  /** See `parseRedisUrl` for the forms. */
  url: string
  log: Logger
  /** Stands before every key and channel, so that a Redis can serve others too. */
  prefix?: string
  beat_ms?: number
}

/** Waiting for the connection, then for the answer. */
const ANSWER_MS = 2 * COMMAND_MS + 500

/**
 * Shared state in Redis or Valkey 7 and later, alone, behind Sentinels or as a cluster. Every call touches one key,
 * so a cluster needs no hash tags. During a failover a message may be lost or come twice.
 */
export function createRedisSharedState(options: RedisSharedStateOptions): SharedState {
  const { log, prefix = 'leema:' } = options
  const target = parseRedisUrl(options.url)
  const redis = createRedisClient(target, log)
  const send = sender(redis)
  const call = <T>(during: string, command: () => Promise<T>) => within(during, ANSWER_MS, send(command))
  const subscriber = new RedisSubscriber({
    make: () => createRedisSubscriber(target, log),
    publish: (channel, message) => call('publish', () => redis.leemaPublish(channel, message)),
    log,
    beat_ms: options.beat_ms ?? BEAT_MS,
  })

  return {
    get: (key) => call('get', () => redis.get(`${prefix}value:${key}`)),
    async set(key, value, ttl_ms) {
      await call('set', () => redis.set(`${prefix}value:${key}`, value, 'PX', ttl_ms))
    },
    async setIfAbsent(key, value, ttl_ms) {
      return (
        (await call('setIfAbsent', () => redis.set(`${prefix}value:${key}`, value, 'PX', ttl_ms, 'NX'))) ===
        'OK'
      )
    },
    take: (key) => call('take', () => redis.getdel(`${prefix}value:${key}`)),
    async delete(key) {
      await call('delete', () => redis.del(`${prefix}value:${key}`))
    },
    async hit(key, limit, window_ms) {
      assertRule(limit, window_ms)
      const [allowed, started_ms, current, previous, now_ms] = await call('hit', () =>
        redis.leemaHit(`${prefix}hits:${key}`, limit, window_ms),
      )
      return hitOf(allowed === 1, { started_ms, current, previous }, { limit, window_ms, now_ms })
    },
    async publish(channel, message) {
      await call('publish', () => redis.leemaPublish(prefix + channel, message))
    },
    subscribe: (channel, listener) => subscriber.subscribe(prefix + channel, listener),
    async health() {
      // Not PING: in a cluster any node answers it, also when the slots are not served.
      await call('health', () => redis.get(`${prefix}value:health`))
      subscriber.assertConnected()
    },
    async close() {
      subscriber.close()
      redis.disconnect()
    },
  }
}
