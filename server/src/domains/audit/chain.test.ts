import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { startTestApp, type TestApp, testEnvironment } from '#test/app.ts'
import { TEST_CALL } from '#test/given.ts'
import { record, verifyChain } from './public.ts'

const environment = testEnvironment()
let app: TestApp
let owner: pg.Client

beforeAll(async () => {
  app = await startTestApp({ env: environment })
  owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await app.stop()
})

// Each test begins with a whole chain of five rows: a broken one stays broken.
beforeEach(async () => {
  await asOwner(
    'delete from audit.logs',
    `update audit.chain_head set rows_count = 0, last_id = 0, last_hash = decode(repeat('00', 32), 'hex')`,
  )
  await write(5)
})

/** The owner of the database can switch the triggers off: the worst case that the chain is for. */
async function asOwner(...changes: string[]): Promise<void> {
  await owner.query('begin')
  await owner.query('alter table audit.logs disable trigger user')
  for (const change of changes) await owner.query(change)
  await owner.query('alter table audit.logs enable trigger user')
  await owner.query('commit')
}

async function write(rows: number): Promise<void> {
  for (let i = 0; i < rows; i += 1)
    await inTransaction(app.db, (tx) =>
      record(tx, {
        actor: { kind: 'guest' },
        call: TEST_CALL,
        action: 'test.written',
        entity_type: 'product',
        entity_id: i + 1,
        new_values: { b: { z: 1, a: [1, { y: 2, x: 3 }] }, a: 'текст' },
      }),
    )
}

/** What the check says after the owner's change, and which rows there were before it. */
async function checkAfter(change: string): Promise<{ broken_at: number | null; ids: number[] }> {
  const before = await app.db.selectFrom('audit.logs').select('id').orderBy('id').execute()
  await asOwner(change)
  return { broken_at: (await verifyChain(app.db)).broken_at, ids: before.map((row) => row.id) }
}

test('an untouched trail holds, and the check says how many rows it saw and where the chain ends', async () => {
  const { checked, broken_at, head } = await verifyChain(app.db)
  const { rows } = await owner.query<{ n: number; hash: string }>(
    `select count(*)::int as n, (select encode(hash, 'hex') from audit.logs order by id desc limit 1) as hash from audit.logs`,
  )
  expect({ checked, broken_at, head }).toEqual({ checked: rows[0]?.n, broken_at: null, head: rows[0]?.hash })
  expect(checked).toBe(5)
})

test.each([
  ['action', `'test.other'`],
  ['new_values', `'{"a": "other"}'::jsonb`],
  ['entity_id', '77'],
  ['user_id', '1'],
  ['ip_address', `'10.0.0.1'::inet`],
  ['created_at', `created_at - interval '1 day'`],
])('a row whose %s the owner of the database changed is found', async (column, value) => {
  const { broken_at, ids } = await checkAfter(
    `update audit.logs set ${column} = ${value} where id = (select id from audit.logs order by id offset 2 limit 1)`,
  )
  expect(broken_at).toBe(ids[2])
})

test('the role of the application can add rows and do nothing else to them or to the head (L-01)', async () => {
  const before = await verifyChain(app.db)
  for (const change of [
    `update audit.logs set action = 'test.other'`,
    'delete from audit.logs',
    'truncate audit.logs',
    'update audit.chain_head set rows_count = 0',
    'delete from audit.chain_head',
  ])
    await expect(app.pool.query(change), change).rejects.toThrow('permission denied')
  expect(await verifyChain(app.db)).toEqual(before)
})

test('a row taken out of the middle is found at the one after it (L-01)', async () => {
  const { broken_at, ids } = await checkAfter(
    'delete from audit.logs where id = (select id from audit.logs order by id offset 1 limit 1)',
  )
  expect(broken_at).toBe(ids[2])
})

test('rows taken off the beginning are found', async () => {
  const { broken_at, ids } = await checkAfter(
    'delete from audit.logs where id = (select min(id) from audit.logs)',
  )
  expect(broken_at).toBe(ids[1])
})

test('rows taken off the end are found, although what is left is a chain', async () => {
  const { broken_at, ids } = await checkAfter(
    'delete from audit.logs where id = (select max(id) from audit.logs)',
  )
  expect(broken_at).toBe(ids.at(-1))
})

test('a row that was rewritten with a fitting hash of its own breaks the row after it', async () => {
  const { broken_at, ids } = await checkAfter(
    `update audit.logs set action = 'test.other', hash = sha256(hash)
     where id = (select id from audit.logs order by id offset 2 limit 1)`,
  )
  expect(broken_at).toBe(ids[2])
})

test("the application's role may neither change nor remove rows, nor touch the head of the chain", async () => {
  const role = new pg.Client({ connectionString: app.config.database.url })
  await role.connect()
  try {
    for (const statement of [
      `update audit.logs set action = 'x'`,
      'delete from audit.logs',
      'truncate audit.logs',
      `update audit.chain_head set rows_count = 0`,
      'delete from audit.chain_head',
      "insert into audit.chain_head values (false, 0, 0, decode(repeat('00', 32), 'hex'))",
      'alter table audit.logs disable trigger all',
    ])
      await expect(role.query(statement), statement).rejects.toMatchObject({ code: '42501' })
  } finally {
    await role.end()
  }
})

test('the owner, too, is refused while the triggers are on (L-01)', async () => {
  for (const statement of [
    `update audit.logs set action = 'x'`,
    'delete from audit.logs',
    'truncate audit.logs',
  ])
    await expect(owner.query(statement)).rejects.toThrow('append-only')
})

test('a row that does not follow the end of the chain is not written', async () => {
  const forged = app.db
    .insertInto('audit.logs')
    .values({ action: 'x', entity_type: 'x', previous_hash: Buffer.alloc(32, 7), hash: Buffer.alloc(32, 8) })
    .execute()
  await expect(forged).rejects.toThrow('does not follow the end of the chain')
})

test('many writers at once leave one whole chain', async () => {
  const before = (await verifyChain(app.db)).checked
  await Promise.all(Array.from({ length: 25 }, () => write(1)))
  expect(await verifyChain(app.db)).toMatchObject({ checked: before + 25, broken_at: null })
})

test('a change that is rolled back leaves no row and does not move the end of the chain', async () => {
  const before = await verifyChain(app.db)
  const failing = inTransaction(app.db, async (tx) => {
    await record(tx, {
      actor: { kind: 'guest' },
      call: TEST_CALL,
      action: 'x',
      entity_type: 'x',
      entity_id: null,
    })
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  expect(await verifyChain(app.db)).toEqual(before)
})

/** The command as an operator types it. */
function checkAudit() {
  const { url } = app.config.database
  const env = { ...process.env, ...environment, DATABASE_URL: url, LEEMA_DATA: app.config.data_folder }
  const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
  return spawnSync(process.execPath, [main, 'check-audit'], { env, encoding: 'utf8' })
}

test('the command check-audit ends with 0 and the end of the chain, or with 1 and the broken row', async () => {
  const good = checkAudit()
  expect(good.status, good.stderr).toBe(0)
  expect(JSON.parse(good.stdout)).toEqual({
    checked: 5,
    broken_at: null,
    head: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const last = await app.db
    .selectFrom('audit.logs')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  await asOwner(`delete from audit.logs where id = ${last.id}`)
  const broken = checkAudit()
  expect(broken.status).toBe(1)
  expect(JSON.parse(broken.stdout)).toMatchObject({ checked: 4, broken_at: last.id })
})
