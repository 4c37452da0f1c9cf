import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { connect, inTransaction } from './db.ts'
import { createLogger } from './log.ts'
import {
  deliverBatch,
  emit,
  type Listener,
  type OutboxDeps,
  type StoredEvent,
  startOutbox,
} from './outbox.ts'

let database: TestDatabase
let connection: ReturnType<typeof connect>
const log = createLogger({ level: 'silent' })

beforeAll(async () => {
  database = await createTestDatabase()
  connection = connect({ url: database.url, pool_size: 10, application_name: 'test' }, log)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const depsOf = (
  listeners: Listener[],
  broadcast: OutboxDeps['broadcast'] = async () => undefined,
): OutboxDeps => ({ ...connection, log, listeners, broadcast })
const write = (name: string, payload: { n: number }, deliveries = [{ to: 'users', data: {} }]) =>
  inTransaction(connection.db, (tx) => emit(tx, { name, payload, deliveries }))
const waiting = () =>
  connection.db.selectFrom('infra.outbox_events').select('id').where('delivered_at', 'is', null).execute()

test('an event of a transaction that rolls back is never delivered', async () => {
  await expect(
    inTransaction(connection.db, async (tx) => {
      await emit(tx, { name: 'test.rolled_back', payload: {} })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await waiting()).toEqual([])
})

test('events are delivered once and in order, also with several deliverers at once', async () => {
  const heard: number[] = []
  const deps = depsOf([], async (event) => void heard.push(Number(event.payload.n)))
  for (let n = 0; n < 120; n += 1) await write('test.counted', { n })
  while ((await waiting()).length > 0) await Promise.all(Array.from({ length: 4 }, () => deliverBatch(deps)))
  expect(heard).toEqual(Array.from({ length: 120 }, (_, n) => n))
})

test('a listener that fails leaves its event waiting and changes nothing; the next delivery succeeds', async () => {
  let failures = 1
  const handled: number[] = []
  const listener: Listener = {
    event: 'test.fragile',
    handle: async (tx, event) => {
      await tx.insertInto('infra.outbox_events').values({ name: 'test.side_effect', payload: '{}' }).execute()
      if (failures-- > 0) throw new Error('not now')
      handled.push(event.id)
    },
  }
  await write('test.fragile', { n: 1 })
  expect(await deliverBatch(depsOf([listener]))).toBe(0)
  expect((await waiting()).length).toBe(1)
  await deliverBatch(depsOf([listener]))
  expect(handled).toHaveLength(1)
  await deliverBatch(depsOf([]))
  expect(await waiting()).toEqual([])
})

test('an event whose listener always fails holds up no other one and is given up after ten rounds', async () => {
  const poison: Listener = {
    event: 'test.poison',
    handle: async () => {
      throw new Error('never')
    },
  }
  await write('test.poison', { n: 1 })
  await write('test.fine', { n: 2 })
  const heard: string[] = []
  const deps = depsOf([poison], async (event) => void heard.push(event.name))
  expect(await deliverBatch(deps)).toBe(1)
  expect(heard).toEqual(['test.fine'])
  for (let round = 2; round <= 10; round += 1) await deliverBatch(deps)
  expect(await waiting()).toEqual([])
})

test('what an event carried is not kept after its delivery', async () => {
  await write('test.secret', { n: 42 })
  await deliverBatch(depsOf([]))
  const row = await connection.db
    .selectFrom('infra.outbox_events')
    .select(['payload', 'deliveries'])
    .where('name', '=', 'test.secret')
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ payload: {}, deliveries: [] })
})

test('sockets that cannot be reached do not hold up the events', async () => {
  await write('test.unheard', { n: 1 })
  const deps = depsOf([], async () => {
    throw new Error('bus is away')
  })
  expect(await deliverBatch(deps)).toBe(1)
  expect(await waiting()).toEqual([])
})

test('a running outbox is woken by the commit, not by its poll', async () => {
  let wake: (event: StoredEvent) => void = () => undefined
  const heard = new Promise<StoredEvent>((resolve) => {
    wake = resolve
  })
  const outbox = startOutbox(depsOf([], async (event) => wake(event)))
  await new Promise((resolve) => setTimeout(resolve, 300))
  await write('test.woken', { n: 7 })
  expect((await heard).payload).toEqual({ n: 7 })
  await outbox.stop()
})
