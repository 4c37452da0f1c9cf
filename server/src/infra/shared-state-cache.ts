import type { Logger } from './log.ts'
import type { SharedState, Unsubscribe } from './shared-state.ts'

export type LocalCacheOptions = {
  log: Logger
  /** Only what may be up to `life_ms` old when a message is lost. Never tickets, locks or counters. */
  cacheable: (key: string) => boolean
  /** At most 1,000 ms. */
  life_ms?: number
  entries_max?: number
}

const CHANNEL = 'shared-state-changed'
const LIFE_MS_MAX = 1_000

type Entry = { value: string | null; until_ms: number }

/**
 * A first level inside the process for `get`, also for "there is no such key". A write through any instance drops
 * the key everywhere; should that message be lost, an old value lives `life_ms` longer and no more.
 */
export async function withLocalCache(shared: SharedState, options: LocalCacheOptions): Promise<SharedState> {
  const life_ms = Math.min(options.life_ms ?? LIFE_MS_MAX, LIFE_MS_MAX)
  const { cacheable, log, entries_max = 10_000 } = options
  const entries = new Map<string, Entry>()
  /** A read that a change overtook is taken out of here, and its value is then not kept. */
  const reading = new Map<string, Promise<string | null>>()

  const drop = (key: string) => {
    entries.delete(key)
    reading.delete(key)
  }
  const unsubscribe: Unsubscribe = await shared.subscribe(CHANNEL, drop)

  async function read(key: string): Promise<string | null> {
    const until_ms = performance.now() + life_ms
    const asked = shared.get(key)
    reading.set(key, asked)
    try {
      const value = await asked
      if (reading.get(key) === asked) keep(key, { value, until_ms })
      return value
    } finally {
      if (reading.get(key) === asked) reading.delete(key)
    }
  }

  function keep(key: string, entry: Entry): void {
    entries.delete(key)
    entries.set(key, entry)
    const oldest = entries.keys().next()
    if (entries.size > entries_max && !oldest.done) entries.delete(oldest.value)
  }

  /** The change has happened; when the others cannot be told, they see it after `life_ms` at the latest. */
  async function changed(key: string): Promise<void> {
    if (!cacheable(key)) return
    drop(key)
    await shared.publish(CHANNEL, key).catch((err: unknown) => {
      log.warn({ event: 'shared_state.not_announced', err }, 'change of a cached key could not be announced')
    })
  }

  return {
    ...shared,
    async get(key) {
      if (!cacheable(key)) return shared.get(key)
      const entry = entries.get(key)
      if (entry && performance.now() < entry.until_ms) return entry.value
      return reading.get(key) ?? read(key)
    },
    async set(key, value, ttl_ms) {
      // A write whose answer is lost may have happened all the same.
      await shared.set(key, value, ttl_ms).finally(() => changed(key))
    },
    async setIfAbsent(key, value, ttl_ms) {
      return shared.setIfAbsent(key, value, ttl_ms).finally(() => changed(key))
    },
    async take(key) {
      return shared.take(key).finally(() => changed(key))
    },
    async delete(key) {
      await shared.delete(key).finally(() => changed(key))
    },
    async close() {
      await unsubscribe()
      await shared.close()
    },
  }
}
