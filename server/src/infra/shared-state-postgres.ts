import type pg from 'pg'
import type { Logger } from './log.ts'
import { hitOf } from './rate-limit-window.ts'
import { assertRule, type Hit, type SharedState, within } from './shared-state.ts'
import { BEAT_MS, channelName, PostgresListener } from './shared-state-postgres-listener.ts'

export type PostgresSharedStateOptions = {
  pool: pg.Pool
  log: Logger
  /** Address for the connection that listens, when the pool goes through a pooler that cannot LISTEN. */
  listen_url?: string
  /** How often the listening connection is asked whether it is still there. */
  beat_ms?: number
}

/** Longest wait of one call; the statements take about a millisecond. */
const ANSWER_MS = 3_000
/** NOTIFY refuses 8,000 bytes and more. */
const NOTIFY_BYTES_MAX = 7_500

const STATEMENTS = {
  shared_get: `
    select value
      from shared.entries
     where key = $1 and expires_at > clock_timestamp()`,
  shared_set: `
    insert into shared.entries (key, value, expires_at)
    values ($1, $2, clock_timestamp() + $3::bigint * interval '1 ms')
    on conflict (key) do update
      set value = excluded.value, expires_at = excluded.expires_at`,
  // An expired row that nobody has swept yet counts as absent.
  shared_set_if_absent: `
    insert into shared.entries as e (key, value, expires_at)
    values ($1, $2, clock_timestamp() + $3::bigint * interval '1 ms')
    on conflict (key) do update
      set value = excluded.value, expires_at = excluded.expires_at
      where e.expires_at <= clock_timestamp()`,
  shared_take: `
    delete from shared.entries
     where key = $1 and expires_at > clock_timestamp()
    returning value`,
  shared_delete: `delete from shared.entries where key = $1`,
  // The same arithmetic as rate-limit-window.ts, under the lock of the row. excluded.window_started_ms is "now".
  shared_hit: `
    insert into shared.counters as c
      (key, window_started_ms, current_hits, previous_hits, last_allowed, expires_at)
    select $1, t.now_ms, 1, 0, true, to_timestamp((t.now_ms + 2 * $3::bigint) / 1000.0)
      from (select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms) t
    on conflict (key) do update
      set (window_started_ms, current_hits, previous_hits, last_allowed, expires_at) = (
        select a.started_ms, a.current + a.allowed::int, a.previous, a.allowed,
               to_timestamp((a.started_ms + 2 * $3::bigint) / 1000.0)
          from (
            select w.*,
                   w.current < $2::bigint
                   and w.previous * ($3::bigint - greatest(0, excluded.window_started_ms - w.started_ms))
                       <= ($2::bigint - w.current) * $3::bigint as allowed
              from (
                select case age.windows when 0 then c.window_started_ms
                                        when 1 then c.window_started_ms + $3::bigint
                                        else excluded.window_started_ms end as started_ms,
                       case age.windows when 0 then c.current_hits else 0 end as current,
                       case age.windows when 0 then c.previous_hits when 1 then c.current_hits else 0 end as previous
                  from (select greatest(0, excluded.window_started_ms - c.window_started_ms) / $3::bigint as windows) age
              ) w
          ) a
      )
    returning window_started_ms, current_hits, previous_hits, last_allowed,
              floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms`,
  shared_publish: `select pg_notify($1, '=' || $2)`,
  shared_publish_long: `
    with kept as (
      insert into shared.messages (body, expires_at)
      values ($2, clock_timestamp() + interval '1 minute')
      returning id
    )
    select pg_notify($1, '@' || id) from kept`,
} as const

type HitRow = {
  window_started_ms: number | string
  current_hits: number
  previous_hits: number
  last_allowed: boolean
  now_ms: number | string
}

/** Shared state in unlogged tables of the main database: nothing to install, right for any number of processes. */
export function createPostgresSharedState(options: PostgresSharedStateOptions): SharedState {
  const { pool, log, listen_url, beat_ms = BEAT_MS } = options
  const config = listen_url === undefined ? pool.options : { connectionString: listen_url }
  const listener = new PostgresListener({ config, log, beat_ms })
  const run = <Row extends pg.QueryResultRow>(name: keyof typeof STATEMENTS, values: unknown[]) =>
    within(name, ANSWER_MS, pool.query<Row>({ name, text: STATEMENTS[name], values }))

  return {
    async get(key) {
      return (await run<{ value: string }>('shared_get', [key])).rows[0]?.value ?? null
    },
    async set(key, value, ttl_ms) {
      await run('shared_set', [key, value, ttl_ms])
    },
    async setIfAbsent(key, value, ttl_ms) {
      return (await run('shared_set_if_absent', [key, value, ttl_ms])).rowCount === 1
    },
    async take(key) {
      return (await run<{ value: string }>('shared_take', [key])).rows[0]?.value ?? null
    },
    async delete(key) {
      await run('shared_delete', [key])
    },
    async hit(key, limit, window_ms) {
      assertRule(limit, window_ms)
      return toHit((await run<HitRow>('shared_hit', [key, limit, window_ms])).rows[0], limit, window_ms)
    },
    async publish(channel, message) {
      const long = Buffer.byteLength(message) > NOTIFY_BYTES_MAX
      await run(long ? 'shared_publish_long' : 'shared_publish', [channelName(channel), message])
    },
    subscribe: (channel, heard) => listener.subscribe(channel, heard),
    async health() {
      await within('health', ANSWER_MS, pool.query('select 1 from shared.entries limit 1'))
      listener.assertConnected()
    },
    close: () => listener.close(),
  }
}

function toHit(row: HitRow | undefined, limit: number, window_ms: number): Hit {
  if (!row) throw new Error('the counting statement returned no row')
  const window = {
    started_ms: Number(row.window_started_ms),
    current: row.current_hits,
    previous: row.previous_hits,
  }
  return hitOf(row.last_allowed, window, { limit, window_ms, now_ms: Number(row.now_ms) })
}

/**
 * Deletes expired rows, at most `batch` per statement and `batches_max` statements per table, so that no lock is
 * held long. Safe to run in several processes at once. Returns the number of rows deleted.
 */
export async function purgeExpired(
  pool: pg.Pool,
  limits: { batch?: number; batches_max?: number } = {},
): Promise<number> {
  const { batch = 1_000, batches_max = 20 } = limits
  let deleted = 0
  for (const [table, key] of [
    ['entries', 'key'],
    ['counters', 'key'],
    ['messages', 'id'],
  ] as const) {
    for (let round = 0; round < batches_max; round += 1) {
      const result = await pool.query({
        name: `shared_purge_${table}`,
        text: `
          delete from shared.${table}
           where ${key} in (
             select ${key}
               from shared.${table}
              where expires_at <= now()
              order by expires_at
              limit $1
              for update skip locked
           )`,
        values: [batch],
      })
      deleted += result.rowCount ?? 0
      if ((result.rowCount ?? 0) < batch) break
    }
  }
  return deleted
}
