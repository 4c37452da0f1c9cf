import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import type { Actor } from '../kernel/actor.ts'

/**
 * From where the database is looked at (ADR 0016): its row security shows and lets change only what this one may. An
 * admin sees everybody's rows but what proves who they are; the system, that is the platform's own work, sees all.
 */
export type Viewpoint =
  | { kind: 'guest' }
  | { kind: 'system' }
  | { kind: 'user' | 'admin'; account_id: number; user_id: number }
  | { kind: 'shop'; account_id: number; shop_id: number }

const GUEST = settingsOf({ kind: 'guest' })
const SYSTEM = settingsOf({ kind: 'system' })

/**
 * The settings that name the viewpoint of the running code, as SQL. Where none was declared there is a guest: work that
 * forgot to say on whose behalf it runs finds the public rows, and is noticed.
 */
const ambient = new AsyncLocalStorage<string>()

/** Runs `work` from this viewpoint: all its statements, on whatever connection. */
export function actAs<T>(viewpoint: Viewpoint, work: () => T): T {
  return ambient.run(settingsOf(viewpoint), work)
}

/**
 * For what the platform does on nobody's behalf, or must do on both sides of somebody's action. Each use says why; the
 * statements inside have no second wall.
 */
export function asSystem<T>(work: () => T): T {
  return ambient.run(SYSTEM, work)
}

export function viewpointOf(actor: Actor): Viewpoint {
  if (actor.kind === 'guest') return { kind: 'guest' }
  const { account_id } = actor
  if (actor.kind === 'shop') return { kind: 'shop', account_id, shop_id: actor.shop_id }
  return { kind: actor.role, account_id, user_id: actor.user_id }
}

/**
 * Local to the transaction, so that nothing is left on the connection for whoever has it next. All four, so that nothing
 * is left of another viewpoint in the same transaction.
 */
function settingsOf(viewpoint: Viewpoint): string {
  const { kind, account_id, user_id, shop_id } = { account_id: '', user_id: '', shop_id: '', ...viewpoint }
  const values = { kind: kind === 'guest' ? '' : kind, account_id, user_id, shop_id }
  const parts = Object.entries(values).map(([name, value]) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${name} is no id`)
    return `set local leema.${name} = '${value}'`
  })
  return parts.join('; ')
}

/** The pool as the query builder uses it: every statement goes out from the viewpoint of the code that sends it. */
export function walledPool(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const walled = known.get(client) ?? walledClient(client)
      known.set(client, walled)
      return walled
    },
  }
}

/**
 * Named statements of the platform itself, prepared once per connection: for what is asked before anybody is known.
 */
export function systemStatements(pool: pg.Pool) {
  return {
    query: async (statement: { name: string; text: string; values: unknown[] }) => {
      const client = await pool.connect()
      try {
        return await enclosed(client, SYSTEM, () => client.query(statement))
      } finally {
        client.release()
      }
    },
  }
}

/** `rollback to` takes back what was set after the savepoint: then it is not known what applies. */
function walledClient(client: pg.PoolClient): PostgresPoolClient {
  let in_transaction = false
  let applied: string | undefined

  async function query(text: string, values: unknown[]) {
    const settings = ambient.getStore() ?? GUEST
    if (/^(begin$|start transaction)/.test(text)) {
      in_transaction = true
      applied = settings
      return client.query(settings === GUEST ? text : `${text}; ${settings}`)
    }
    if (text === 'commit' || text === 'rollback') {
      in_transaction = false
      return client.query(text)
    }
    if (!in_transaction) {
      return settings === GUEST
        ? client.query(text, values)
        : enclosed(client, settings, () => client.query(text, values))
    }
    if (text.startsWith('rollback to ')) {
      applied = undefined
      return client.query(text)
    }
    if (applied === settings) return client.query(text, values)
    applied = settings
    const switched = client.query(settings)
    return answerOf(client.query(text, values), [switched])
  }

  return {
    // The builder was given no cursors: it sends texts with parameters, never the other half of this type.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => {
      in_transaction = false
      client.release(destroy)
    },
  }
}

/**
 * A statement of its own in a transaction that names the viewpoint. One round trip: the pool's connections pipeline,
 * the database gets all three at once and works them off in this order.
 */
async function enclosed<R>(client: pg.PoolClient, settings: string, statement: () => Promise<R>): Promise<R> {
  const opened = client.query(`begin; ${settings}`)
  const answer = (async () => statement())()
  return answerOf(answer, [opened, client.query('commit')])
}

/** Waits for everything that was sent. The statement's own error is the one that says what went wrong. */
async function answerOf<R>(statement: Promise<R>, around: Promise<unknown>[]): Promise<R> {
  const [answer, ...others] = await Promise.allSettled([statement, ...around])
  if (answer.status === 'rejected') throw answer.reason
  for (const other of others) if (other.status === 'rejected') throw other.reason
  return answer.value
}

/**
 * Tables whose row security does not bind this pool's role: it owns them, or may pass every wall. None in a sound
 * installation, where the application has a role of its own.
 */
export async function tablesOutsideTheWall(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
    where c.relrowsecurity and not row_security_active(c.oid) order by 1`)
  return rows.map(({ name }) => name)
}
