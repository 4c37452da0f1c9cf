import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { APP_ROLE, OWNER_ROLE } from '../local/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the small service of `global-setup.ts` that starts the run's database when it is first wanted. */
    database_service: string
  }
}

/** A private database for one test file: every migration applied, no rows but theirs. */
export type TestDatabase = {
  /** For the application's own role: what the server itself uses. */
  url: string
  /** For the role that owns every table: fixtures and the checks that the application's role is refused. */
  owner_url: string
  name: string
  drop: () => Promise<void>
}

/** Where the run's database server is, and the template that the private databases are copies of. */
export type TestCluster = { superuser_url: string; owner_url: string; app_url: string; template: string }

/**
 * Makes a private copy of the migrated database (about 0.1 s). Call it in `beforeAll`, `drop` in `afterAll`, after
 * every pool on it was closed.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = await testCluster()
  const name = `test_${randomBytes(6).toString('hex')}`
  // file_copy: for a database of this size several times quicker than the default, which writes every page to the log.
  await run(cluster.superuser_url, [
    `create database ${name} template ${cluster.template} owner ${OWNER_ROLE} strategy file_copy`,
    `revoke all on database ${name} from public`,
    `grant connect, temporary on database ${name} to ${APP_ROLE}`,
  ])
  return {
    url: inDatabase(cluster.app_url, name),
    owner_url: inDatabase(cluster.owner_url, name),
    name,
    drop: () => dropWhenUnused(cluster.superuser_url, name),
  }
}

let known: Promise<TestCluster> | undefined

function testCluster(): Promise<TestCluster> {
  known ??= fetch(inject('database_service'), { method: 'POST' }).then(async (response) => {
    const answer: unknown = await response.json()
    if (response.ok && isTestCluster(answer)) return answer
    throw new Error(`The test database did not come up: ${JSON.stringify(answer)}`)
  })
  return known
}

function isTestCluster(value: unknown): value is TestCluster {
  return typeof value === 'object' && value !== null && 'superuser_url' in value && 'template' in value
}

function inDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

/** A connection left open is a leak in the code or the test; it is named rather than cut silently. */
async function dropWhenUnused(superuser_url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuser_url })
  await client.connect()
  try {
    const left = await openConnections(client, name)
    await client.query(`drop database ${name} with (force)`)
    if (left.length > 0) throw new Error(`connections left open on ${name}: ${left.join('; ')}`)
  } finally {
    await client.end()
  }
}

/** What still holds a connection. A closing one needs a moment to disappear from the list, so it is looked at again. */
async function openConnections(client: pg.Client, name: string): Promise<string[]> {
  const deadline = performance.now() + 1_000
  for (;;) {
    const found = await client.query<{ what: string }>(
      `select coalesce(nullif(application_name, ''), 'no name') || ', last: ' || left(query, 80) as what
         from pg_stat_activity
        where datname = $1 and backend_type = 'client backend'`,
      [name],
    )
    if (found.rows.length === 0 || performance.now() > deadline) return found.rows.map((row) => row.what)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
