import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { DB } from './db-types.ts'
import { walledPool } from './wall.ts'

/** The pool. Only use cases and jobs hold it, to open a transaction or to read. */
export type Db = Kysely<DB>
/** An open transaction. The pool handle does not satisfy this type, so a statement cannot slip out of its transaction. */
export type Tx = Transaction<DB>
/** For statements that only read: either will do. */
export type Reader = Db | Tx

const inside = new AsyncLocalStorage<true>()

const INT8_OID = 20
const NUMERIC_OID = 1700

/** int8 arrives as text; ids and cents fit a JSON number, anything else must not pass silently. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 outside the safe range: ${text}`)
  return value
}

pg.types.setTypeParser(INT8_OID, parseInt8)
pg.types.setTypeParser(NUMERIC_OID, Number)

const STATEMENT_MS = 15_000

export type ConnectOptions = {
  url: string
  pool_size: number
  application_name: string
  statement_timeout_ms?: number
}

/**
 * A pool and its Kysely handle. `pool` itself knows no viewpoint and sees what a guest sees: it serves the infra
 * adapters, whose tables have no private rows.
 */
export function connect(
  options: ConnectOptions,
  log: Logger,
): { pool: pg.Pool; db: Db; close: () => Promise<void> } {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.pool_size,
    application_name: options.application_name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // A host that vanished answers nothing, not even the server's own time-outs.
    keepAlive: true,
    // What names the viewpoint of a statement goes out together with it (wall.ts).
    pipeline: true,
    query_timeout: (options.statement_timeout_ms ?? STATEMENT_MS) + 5_000,
    statement_timeout: options.statement_timeout_ms ?? STATEMENT_MS,
    idle_in_transaction_session_timeout: 30_000,
  })
  // A connection that drops says so beside the statement that fails, if one runs at all. Without a listener on it,
  // idle or inside a transaction, that word ends the process. The pool repeats it for idle ones and needs one, too.
  const lost = (err: Error) => log.warn({ err, event: 'db.connection_lost' }, 'database connection lost')
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('error', () => undefined)
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: walledPool(pool) }) })
  const close = async () => {
    await db.destroy()
    // Kysely ends the pool only when it has been used.
    if (!pool.ended) await pool.end()
  }
  return { pool, db, close }
}

/**
 * Runs one business decision in one transaction.
 * A deadlock or serialization failure (SQLSTATE 40P01, 40001) is tried again, twice at most: nothing was written.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inside.run(true, () => db.transaction().execute(work))
    } catch (error) {
      if (attempt === 3 || !isTransient(error)) throw error
    }
  }
}

/** Called by everything that goes over the network: a slow peer must not hold row locks (also in production). */
export function assertNoTransaction(): void {
  if (inside.getStore()) throw new Error('network call inside a database transaction')
}

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isTransient(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '')
}

/** True when the statement broke a foreign key: something still refers to the row. */
export function isForeignKeyViolation(error: unknown): boolean {
  return sqlState(error) === '23503'
}

/** True when the statement broke this unique constraint or index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (sqlState(error) !== '23505') return false
  return (
    constraint === undefined ||
    (error instanceof Error && 'constraint' in error && error.constraint === constraint)
  )
}
