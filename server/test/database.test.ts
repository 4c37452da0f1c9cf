import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'

test('two test files get two databases that know nothing of each other', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await query(one.owner_url, 'create table public.only_here (id int)')
  expect(await query(one.owner_url, `select to_regclass('public.only_here') is not null as found`)).toEqual([
    { found: true },
  ])
  expect(await query(two.owner_url, `select to_regclass('public.only_here') is not null as found`)).toEqual([
    { found: false },
  ])
  await Promise.all([one.drop(), two.drop()])
})

test('the role of the application reads and writes rows but cannot change tables', async () => {
  const database = await createTestDatabase()
  await expect(query(database.url, 'create table public.mine (id int)')).rejects.toThrow('permission denied')
  await expect(query(database.url, 'create schema mine')).rejects.toThrow('permission denied')
  await database.drop()
})

test('a connection left open is reported when the database is dropped', async () => {
  const database = await createTestDatabase()
  const client = new pg.Client({ connectionString: database.url, application_name: 'forgotten' })
  client.on('error', () => undefined)
  await client.connect()
  await expect(database.drop()).rejects.toThrow('connections left open')
  await client.end().catch(() => undefined)
})

test('Cyrillic letters are folded and compared by the database as a person would', async () => {
  const database = await createTestDatabase()
  await query(database.owner_url, 'create extension if not exists pg_trgm with schema public')
  const [row] = await query(
    database.owner_url,
    `select lower('ПЛАТЬЕ Қазақ') as lower, similarity('платье', 'платья') > 0.5 as similar`,
  )
  expect(row).toEqual({ lower: 'платье қазақ', similar: true })
  await database.drop()
})

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
