import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { DATABASE, OWNER_ROLE, urlFor } from '../local/postgres.ts'
import { localSecrets } from '../local/secrets.ts'

/**
 * One statement on the database of a platform that `npm start` runs, as its owner: for what a test cannot wait for, such
 * as a sign-in growing old.
 */
export async function changeRunning(
  data_folder: string,
  statement: string,
  values: unknown[],
): Promise<void> {
  const { port }: { port: number } = JSON.parse(readFileSync(join(data_folder, 'postgres.json'), 'utf8'))
  const { database_owner_password } = localSecrets(data_folder)
  const client = new pg.Client(urlFor(OWNER_ROLE, database_owner_password, port, DATABASE))
  await client.connect()
  try {
    await client.query(statement, values)
  } finally {
    await client.end()
  }
}
