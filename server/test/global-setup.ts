import { createServer } from 'node:http'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { OWNER_ROLE } from '../local/postgres.ts'
import { startThrowawayPostgres, type ThrowawayPostgres } from '../local/throwaway-postgres.ts'
import type { TestCluster } from './database.ts'

const TEMPLATE = 'leema_template'

/**
 * One database server for the whole run, started by the first test file that asks for a database: a run of pure
 * tests starts none.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<{ server: ThrowawayPostgres; answer: TestCluster }> | undefined
  const service = createServer((_request, response) => {
    cluster ??= startWithTemplate()
    cluster.then(
      ({ answer }) => response.end(JSON.stringify(answer)),
      (error: unknown) => {
        response.statusCode = 500
        response.end(JSON.stringify({ message: error instanceof Error ? error.stack : String(error) }))
      },
    )
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const address = service.address()
  if (typeof address !== 'object' || address === null) throw new Error('the database service has no port')
  project.provide('database_service', `http://127.0.0.1:${address.port}/`)
  return async () => {
    service.close()
    service.closeAllConnections()
    await cluster?.then(
      ({ server }) => server.stop(),
      () => undefined, // It never came up; the tests have said so.
    )
  }
}

async function startWithTemplate(): Promise<{ server: ThrowawayPostgres; answer: TestCluster }> {
  const server = await startThrowawayPostgres()
  try {
    await makeTemplate(server)
  } catch (error) {
    await server.stop()
    throw error
  }
  const answer = {
    superuser_url: server.superuser_url,
    owner_url: server.ownerUrl(),
    app_url: server.appUrl(),
    template: TEMPLATE,
  }
  return { server, answer }
}

async function makeTemplate(server: ThrowawayPostgres): Promise<void> {
  await run(server.superuser_url, `create database ${TEMPLATE} owner ${OWNER_ROLE}`)
  // Only now: it brings the whole server with it, which a run of pure tests need not load.
  const { migrateAll } = await import('#app/migrate.ts')
  const database = { owner_url: server.ownerUrl(TEMPLATE), url: server.appUrl(TEMPLATE) }
  await migrateAll({ database, currency: 'USD' }, () => undefined)
  // Nobody may be connected to a template while it is copied.
  await run(server.superuser_url, `alter database ${TEMPLATE} with allow_connections false`)
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
