import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { assertMigrated, migrate, renewGrants } from './migrate.ts'

let database: TestDatabase
let owner: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Pool({ connectionString: database.owner_url, max: 2 })
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

test('a migrated database needs nothing: migrating again applies nothing', async () => {
  expect(await migrate({ owner_url: database.owner_url })).toEqual([])
  await expect(assertMigrated(owner)).resolves.toBeUndefined()
})

test('an installation with one role for everything keeps that role’s rights; history is kept by triggers', async () => {
  await renewGrants(database.owner_url, 'leema_owner')
  const rights = await owner.query(`
    select has_table_privilege('leema_owner', 'infra.migrations', 'insert') as migrations,
      has_table_privilege('leema_owner', 'audit.chain_head', 'update') as chain_head`)
  expect(rights.rows).toEqual([{ migrations: true, chain_head: true }])
  await expect(owner.query('truncate audit.logs')).rejects.toThrow('append-only')
})

test('an edited migration, a missing one and a database from the future are refused by name', async () => {
  const [first] = (await owner.query('select name, checksum from infra.migrations order by name limit 1'))
    .rows
  await owner.query(`update infra.migrations set checksum = 'other' where name = $1`, [first.name])
  await expect(assertMigrated(owner)).rejects.toThrow(`${first.name} was edited`)
  await owner.query('delete from infra.migrations where name = $1', [first.name])
  await expect(assertMigrated(owner)).rejects.toThrow(`lacks migrations: ${first.name}`)
  await owner.query('insert into infra.migrations (name, checksum) values ($1, $2)', [
    first.name,
    first.checksum,
  ])
  await owner.query(`insert into infra.migrations (name, checksum) values ('999999_future.sql', 'x')`)
  await expect(assertMigrated(owner)).rejects.toThrow(
    'newer than this build: it has migration 999999_future.sql',
  )
})
