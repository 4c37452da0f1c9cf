import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { LOCKS } from './locks.ts'

const MIGRATIONS_FOLDER = new URL('../../migrations/', import.meta.url)

type Migration = { name: string; sql: string; checksum: string }

export type MigrateOptions = {
  /** The owner of the database; the application itself connects with fewer rights. */
  owner_url: string
  /** One call per migration that was applied. */
  log?: (name: string) => void
}

/** All migrations known to this build, in order. */
function knownMigrations(folder: URL = MIGRATIONS_FOLDER): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{6}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies what is missing, each file in its own transaction, under one advisory lock: several processes may call it.
 * Returns the names applied. `renewGrants` follows, so that a new table is never forgotten.
 * @throws Error when an applied migration was edited, or the database is newer than this build
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.owner_url, application_name: 'leema-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCKS.migrate])
    await client.query(`
      create schema if not exists infra;
      create table if not exists infra.migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    return await applyMissing(client, options.log)
  } finally {
    await client.end()
  }
}

/** Gives the application's role its rights on everything that exists now. */
export async function renewGrants(owner_url: string, app_role: string): Promise<void> {
  const client = new pg.Client({ connectionString: owner_url, application_name: 'leema-migrate' })
  await client.connect()
  try {
    const sql = readFileSync(new URL('grants.sql', MIGRATIONS_FOLDER), 'utf8')
    await client.query(sql.replaceAll(':app_role', pg.escapeIdentifier(app_role)))
  } finally {
    await client.end()
  }
}

async function applyMissing(client: pg.Client, log?: (name: string) => void): Promise<string[]> {
  const done = new Map(await appliedMigrations(client))
  const known = knownMigrations()
  assertCompatible(known, done)
  const missing = known.filter((migration) => !done.has(migration.name))
  for (const migration of missing) {
    await client.query('begin')
    try {
      await client.query(migration.sql)
      await client.query('insert into infra.migrations (name, checksum) values ($1, $2)', [
        migration.name,
        migration.checksum,
      ])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`migration ${migration.name} failed`, { cause: error })
    }
    log?.(migration.name)
  }
  return missing.map((migration) => migration.name)
}

async function appliedMigrations(client: pg.Client | pg.Pool): Promise<[string, string][]> {
  const result = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from infra.migrations',
  )
  return result.rows.map((row) => [row.name, row.checksum])
}

function assertCompatible(known: Migration[], done: Map<string, string>): void {
  for (const migration of known) {
    const checksum = done.get(migration.name)
    if (checksum && checksum !== migration.checksum)
      throw new Error(`migration ${migration.name} was edited after it was applied`)
  }
  const unknown = [...done.keys()].find((name) => !known.some((migration) => migration.name === name))
  if (unknown) throw new Error(`the database is newer than this build: it has migration ${unknown}`)
}

/** The server does not start against a schema it does not know. @throws Error naming what is missing */
export async function assertMigrated(pool: pg.Pool): Promise<void> {
  const done = new Map(await appliedMigrations(pool))
  const known = knownMigrations()
  assertCompatible(known, done)
  const missing = known.filter((migration) => !done.has(migration.name))
  if (missing.length > 0)
    throw new Error(`the database lacks migrations: ${missing.map((m) => m.name).join(', ')}`)
}
