import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '#infra/db.ts'
import { createLogger } from '#infra/log.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { assertWalled } from './start.ts'

let database: TestDatabase
let app: ReturnType<typeof connect>
let owner: ReturnType<typeof connect>
const lines: string[] = []
const log = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } })

beforeAll(async () => {
  database = await createTestDatabase()
  app = connect({ url: database.url, pool_size: 1, application_name: 'test' }, log)
  owner = connect({ url: database.owner_url, pool_size: 1, application_name: 'test' }, log)
})
afterAll(async () => {
  await Promise.all([app.close(), owner.close()])
  await database.drop()
})

const start = (pool: typeof app.pool, is_production: boolean) =>
  assertWalled({ pool, log }, { is_production })

test('with a role of its own the application starts, and nothing is said', async () => {
  await start(app.pool, true)
  await start(app.pool, false)
  expect(lines).toEqual([])
})

test('with the role that owns the tables, which row security does not bind, it starts outside of production only', async () => {
  await expect(start(owner.pool, true)).rejects.toThrow('DATABASE_URL: row security does not bind its role')
  expect(lines).toEqual([])
  await start(owner.pool, false)
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['db.without_second_wall'])
})
