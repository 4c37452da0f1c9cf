import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '#app/compose.ts'
import { migrateAll } from '#app/migrate.ts'
import { createLogger } from '#infra/log.ts'
import { startThrowawayPostgres } from '#local/throwaway-postgres.ts'
import { testConfig } from '#test/app.ts'

const FILE = new URL('../../docs/api/openapi.json', import.meta.url)

/** Writes `docs/api/openapi.json` from the route schemas of a composed server, or with `--check` compares it. */
async function main(): Promise<void> {
  const server = await startThrowawayPostgres()
  const data_folder = mkdtempSync(join(tmpdir(), 'leema-openapi-'))
  try {
    const config = testConfig({
      DATABASE_URL: server.appUrl(),
      DATABASE_MIGRATION_URL: server.ownerUrl(),
      LEEMA_DATA: data_folder,
    })
    await migrateAll(config, () => undefined)
    const app = await compose(config, { roles: ['api', 'realtime'], log: createLogger({ level: 'warn' }) })
    await app.http?.ready()
    const fresh = `${JSON.stringify(app.http?.swagger(), null, 2)}\n`
    await app.close()
    settle(fresh)
  } finally {
    rmSync(data_folder, { recursive: true, force: true })
    await server.stop()
  }
}

function settle(fresh: string): void {
  if (!process.argv.includes('--check')) {
    mkdirSync(new URL('.', FILE), { recursive: true })
    writeFileSync(FILE, fresh)
    return
  }
  if (readFileSync(FILE, 'utf8') === fresh) return
  process.stderr.write('docs/api/openapi.json is not what the routes say: npm run generate:openapi\n')
  process.exitCode = 1
}

await main()
