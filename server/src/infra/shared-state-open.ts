import type pg from 'pg'
import type { Logger } from './log.ts'
import type { SharedState } from './shared-state.ts'
import { createPostgresSharedState } from './shared-state-postgres.ts'

/** Redis when its address is given, else the main database. The Redis client is loaded only when it is wanted. */
export async function openSharedState(options: {
  redis_url: string | null
  pool: pg.Pool
  log: Logger
}): Promise<SharedState> {
  const { redis_url, pool, log } = options
  if (redis_url === null) return createPostgresSharedState({ pool, log })
  const { createRedisSharedState } = await import('./shared-state-redis.ts')
  return createRedisSharedState({ url: redis_url, log })
}
