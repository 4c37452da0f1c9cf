import { sql } from 'kysely'
import type pg from 'pg'
import type { JsonObject } from '../kernel/json.ts'
import { type Db, inTransaction, type Tx } from './db.ts'
import { currentRequestId, type Logger } from './log.ts'

/** Who hears of an event over a socket, and what he is shown. */
export type Delivery = {
  /** `user:7`, `shop:3`, `admins`, `users` (all signed-in users), `room:generation:9`. */
  to: string
  data: JsonObject
}

export type OutboxEvent = {
  /** `slice.past_tense` inside, or a name of contract 3.4 for sockets. */
  name: string
  /** What listeners in the server need. Never sent to a client as it is. */
  payload: JsonObject
  deliveries?: Delivery[]
}

export type StoredEvent = {
  id: number
  name: string
  payload: JsonObject
  deliveries: Delivery[]
  request_id: string | null
  created_at: Date
}

/** Runs in the delivering transaction: database work only. May be called again after a crash, never twice committed. */
export type Listener = { event: string; handle: (tx: Tx, event: StoredEvent) => Promise<void> }

/** Writes an event in the transaction of the change it tells of. It is delivered after the commit, in commit order. */
export async function emit(tx: Tx, event: OutboxEvent): Promise<void> {
  await tx
    .insertInto('infra.outbox_events')
    .values({
      name: event.name,
      payload: JSON.stringify(event.payload),
      deliveries: JSON.stringify(event.deliveries ?? []),
      request_id: currentRequestId() ?? null,
    })
    .execute()
  await sql`select pg_notify('outbox', '')`.execute(tx)
}

export type OutboxDeps = {
  db: Db
  pool: pg.Pool
  log: Logger
  listeners: Listener[]
  /** Hands an event to the sockets of all processes. Called after the commit; sockets are best effort (contract 3.4). */
  broadcast: (event: StoredEvent) => Promise<void>
}

const BATCH = 50
const IDLE_POLL_MS = 2_000

/** Delivers what waits, until `stop`. Several processes may run it: a row is taken by one of them. */
export function startOutbox(deps: OutboxDeps): { stop: () => Promise<void> } {
  let running = true
  let wake: () => void = () => undefined
  const stopListening = listenForWork(deps, () => wake())
  const loop = async () => {
    while (running) {
      const delivered = await deliverBatch(deps).catch((err: unknown) => {
        deps.log.error({ err, event: 'outbox.failed' }, 'outbox delivery failed')
        return 0
      })
      if (delivered === BATCH || !running) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, IDLE_POLL_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = loop()
  return {
    stop: async () => {
      running = false
      wake()
      await done
      await stopListening()
    },
  }
}

/** One batch, in id order, in one transaction; sockets hear of it afterwards. Returns how many were delivered. */
export async function deliverBatch(deps: OutboxDeps): Promise<number> {
  const events = await inTransaction(deps.db, async (tx) => {
    const rows = await takeWaiting(tx)
    for (const event of rows) {
      for (const listener of deps.listeners)
        if (listener.event === event.name) await listener.handle(tx, event)
    }
    if (rows.length > 0)
      await markDelivered(
        tx,
        rows.map((row) => row.id),
      )
    return rows
  })
  for (const event of events) {
    if (event.deliveries.length === 0) continue
    await deps.broadcast(event).catch((err: unknown) => {
      deps.log.warn({ err, event: 'outbox.broadcast_failed', outbox_id: event.id }, 'event not broadcast')
    })
  }
  return events.length
}

async function takeWaiting(tx: Tx): Promise<StoredEvent[]> {
  // One deliverer at a time keeps the order of events; the lock ends with the transaction.
  const { rows } = await sql<{
    taken: boolean
  }>`select pg_try_advisory_xact_lock(hashtext('infra.outbox')) as taken`.execute(tx)
  if (!rows[0]?.taken) return []
  const waiting = await tx
    .selectFrom('infra.outbox_events')
    .select(['id', 'name', 'payload', 'deliveries', 'request_id', 'created_at'])
    .where('delivered_at', 'is', null)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute()
  // The columns hold what `emit` wrote: JSON carries no type of its own.
  return waiting.map((row) => ({
    ...row,
    payload: row.payload as JsonObject,
    deliveries: row.deliveries as unknown as Delivery[],
  }))
}

async function markDelivered(tx: Tx, ids: number[]): Promise<void> {
  await tx
    .updateTable('infra.outbox_events')
    .set({ delivered_at: sql`now()` })
    .where('id', 'in', ids)
    .execute()
}

/** LISTEN on an own connection; the poll covers whatever a lost connection misses. */
function listenForWork(deps: OutboxDeps, onWork: () => void): () => Promise<void> {
  let stopped = false
  let client: pg.PoolClient | undefined
  const connect = async () => {
    if (stopped) return
    try {
      client = await deps.pool.connect()
      client.on('notification', onWork)
      client.on('error', () => {
        client?.release(true)
        client = undefined
        setTimeout(connect, 1_000)
      })
      await client.query('listen outbox')
    } catch (err) {
      deps.log.warn({ err, event: 'outbox.listen_failed' }, 'cannot listen for outbox events')
      setTimeout(connect, 1_000)
    }
  }
  void connect()
  return async () => {
    stopped = true
    client?.release(true)
  }
}
