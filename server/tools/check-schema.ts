import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateAll } from '#app/migrate.ts'
import { startThrowawayPostgres } from '#local/throwaway-postgres.ts'
import { writeDbTypes } from './generate-db-types.ts'
import { dumpSchema } from './schema-dump.ts'
import { wallFindings } from './schema-walls.ts'

const SCHEMA_FILE = new URL('../schema.sql', import.meta.url)
const TYPES_FILE = new URL('../src/infra/db-types.ts', import.meta.url)

/**
 * Builds a database from the migrations and compares (or with `--write` renews) the schema text and the row types. Also
 * sees to it that no table or view was left outside of the second wall.
 */
async function main(): Promise<void> {
  const write = process.argv.includes('--write')
  const server = await startThrowawayPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'leema-schema-'))
  try {
    await migrateAll(
      { database: { owner_url: server.ownerUrl(), url: server.appUrl() }, currency: 'USD' },
      () => undefined,
    )
    const schema = await dumpSchema(server.ownerUrl())
    const types_file = join(folder, 'db-types.ts')
    await writeDbTypes(server.ownerUrl(), types_file)
    compare(SCHEMA_FILE, schema, write)
    compare(TYPES_FILE, readFileSync(types_file, 'utf8'), write)
    complain(await wallFindings(server.ownerUrl()))
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await server.stop()
  }
}

function compare(file: URL, fresh: string, write: boolean): void {
  if (write) writeFileSync(file, fresh)
  if (write || readFileSync(file, 'utf8') === fresh) return
  process.stderr.write(`${file.pathname} does not match the migrations: npm run check:schema -- --write\n`)
  process.exitCode = 1
}

function complain(findings: string[]): void {
  for (const finding of findings) process.stderr.write(`${finding}\n`)
  if (findings.length > 0) process.exitCode = 1
}

await main()
