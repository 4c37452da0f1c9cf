import { sql } from 'kysely'
import type pg from 'pg'
import type { JsonObject } from '../kernel/json.ts'
import { type Db, inTransaction, type Tx } from './db.ts'
import { currentRequestId, type Logger } from './log.ts'
import { asSystem } from './wall.ts'

/** Who hears of an event over a socket, and what he is shown. */
export type Delivery = {
  /** `user:7`, `shop:3`, `admins`, `users`, `shops` (all signed-in ones), `room:generation:9`. */
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
const ATTEMPTS_MAX = 10
const RELISTEN_MS = 1_000

/** Delivers what waits, until `stop`. Several processes may run it: a row is taken by one of them. */
export function startOutbox(deps: OutboxDeps): { stop: () => Promise<void> } {
  const state: { running: boolean; woken: boolean; wake: () => void } = {
    running: true,
    woken: false,
    wake: () => undefined,
  }
  const stopListening = listenForWork(deps, () => {
    state.woken = true
    state.wake()
  })
  const loop = async () => {
    while (state.running) {
      state.woken = false
      const delivered = await deliverBatch(deps).catch((err: unknown) => {
        deps.log.error({ err, event: 'outbox.failed' }, 'outbox delivery failed')
        return 0
      })
      // What was committed meanwhile has already said so: it must not wait for the poll.
      if (delivered > 0 || state.woken || !state.running) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, IDLE_POLL_MS)
        state.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = loop()
  return {
    stop: async () => {
      state.running = false
      state.wake()
      await done
      await stopListening()
    },
  }
}

/** One batch, in id order, in one transaction; sockets hear of it afterwards. Returns how many were delivered. */
export async function deliverBatch(deps: OutboxDeps): Promise<number> {
  // Events of all accounts at once: the platform's own work.
  const events = await asSystem(() => inTransaction(deps.db, (tx) => tellAll(deps, tx)))
  for (const event of events) {
    if (event.deliveries.length === 0) continue
    await deps.broadcast(event).catch((err: unknown) => {
      deps.log.warn({ err, event: 'outbox.broadcast_failed', outbox_id: event.id }, 'event not broadcast')
    })
  }
  return events.length
}

async function tellAll(deps: OutboxDeps, tx: Tx): Promise<StoredEvent[]> {
  const heard: StoredEvent[] = []
  for (const event of await takeWaiting(tx)) {
    if (await tellListeners(deps, tx, event)) heard.push(event)
  }
  if (heard.length > 0)
    await markDelivered(
      tx,
      heard.map((event) => event.id),
    )
  return heard
}

/**
 * False when a listener failed: what it did is undone, the event waits for the next round and holds up no other one.
 * After ten rounds it is given up and reported.
 */
async function tellListeners(deps: OutboxDeps, tx: Tx, event: StoredEvent): Promise<boolean> {
  const listeners = deps.listeners.filter((listener) => listener.event === event.name)
  if (listeners.length === 0) return true
  await sql`savepoint listeners`.execute(tx)
  try {
    for (const listener of listeners) await listener.handle(tx, event)
    await sql`release savepoint listeners`.execute(tx)
    return true
  } catch (err) {
    await sql`rollback to savepoint listeners`.execute(tx)
    const { attempts } = await tx
      .updateTable('infra.outbox_events')
      .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
      .where('id', '=', event.id)
      .returning('attempts')
      .executeTakeFirstOrThrow()
    const fields = { err, outbox_id: event.id, name_of_event: event.name, attempts }
    if (attempts < ATTEMPTS_MAX)
      deps.log.warn({ event: 'outbox.listener_failed', ...fields }, 'listener failed')
    else deps.log.error({ event: 'outbox.event_given_up', ...fields }, 'event given up')
    return attempts >= ATTEMPTS_MAX
  }
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

/** What an event carried (addresses, codes in links) has done its work and is not kept. */
async function markDelivered(tx: Tx, ids: number[]): Promise<void> {
  await tx
    .updateTable('infra.outbox_events')
    .set({ delivered_at: sql`now()`, payload: '{}', deliveries: '[]' })
    .where('id', 'in', ids)
    .execute()
}

/** LISTEN on an own connection; the poll covers whatever a lost connection misses. */
function listenForWork(deps: OutboxDeps, onWork: () => void): () => Promise<void> {
  let stopped = false
  let client: pg.PoolClient | undefined
  const drop = () => {
    client?.release(true)
    client = undefined
  }
  const again = () => {
    drop()
    if (!stopped) setTimeout(() => void connect(), RELISTEN_MS).unref()
  }
  const connect = async (): Promise<void> => {
    try {
      client = await deps.pool.connect()
      if (stopped) return drop()
      client.once('error', again)
      client.on('notification', onWork)
      await client.query('listen outbox')
    } catch (err) {
      if (!stopped) deps.log.warn({ err, event: 'outbox.listen_failed' }, 'cannot listen for outbox events')
      again()
    }
  }
  const connecting = connect()
  return async () => {
    stopped = true
    await connecting
    drop()
  }
}
