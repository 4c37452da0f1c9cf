import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseObject } from './files.ts'
import { APP_ROLE, DATABASE, makeRolesAndDatabase, OWNER_ROLE, urlFor } from './postgres.ts'
import {
  canEnter,
  chooseAccount,
  makePrivateFolder,
  makeSharedRoot,
  preparePrograms,
  SHARED_ROOT,
} from './postgres-files.ts'
import { clearLeftover } from './postgres-leftover.ts'
import { clusterFolder, createCluster, freePort, SUPERUSER, startServer } from './postgres-server.ts'
import { isStillRunning, markOf } from './process-table.ts'

/** A database server for one test run or one tool: quick, forgetful, gone afterwards. */
export type ThrowawayPostgres = {
  pid: number
  superuser_url: string
  /** Address of a database for one of the two roles of the application; `leema` exists and is empty. */
  ownerUrl: (database?: string) => string
  appUrl: (database?: string) => string
  stop: () => Promise<void>
}

const PREFIX = 'leema-throwaway-'

// Nothing here must survive, so nothing waits for the disk.
const SETTINGS: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  shared_buffers: '64MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
  jit: 'off',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
}

/** Makes and starts a server in a temporary folder. Also clears away what runs that were killed left behind. */
export async function startThrowawayPostgres(): Promise<ThrowawayPostgres> {
  const run_as = chooseAccount()
  const parent = canEnter(tmpdir(), run_as) ? tmpdir() : SHARED_ROOT
  if (parent === SHARED_ROOT) makeSharedRoot()
  await sweep(parent)
  const place = mkdtempSync(join(parent, PREFIX))
  writeFileSync(ownerFile(place), JSON.stringify(markOf(process.pid)))
  makePrivateFolder(place, run_as)
  const passwords = { superuser: newPassword(), owner: newPassword(), app: newPassword() }
  const programs = preparePrograms(run_as)
  const folder = clusterFolder(place)
  await createCluster(programs, folder, { password: passwords.superuser, durable: false })
  const log_file = join(place, 'postgres.log')
  const server = await startServer({ programs, folder, port: await freePort(), settings: SETTINGS, log_file })
  const superuser_url = urlFor(SUPERUSER, passwords.superuser, server.port, 'postgres')
  const stop = async () => {
    await server.stop()
    removePlace(place)
  }
  await makeRolesAndDatabase(superuser_url, passwords).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    pid: server.pid,
    superuser_url,
    ownerUrl: (database = DATABASE) => urlFor(OWNER_ROLE, passwords.owner, server.port, database),
    appUrl: (database = DATABASE) => urlFor(APP_ROLE, passwords.app, server.port, database),
    stop,
  }
}

/** Stops and removes the servers of runs whose process is gone. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(PREFIX) || name.endsWith('.owner')) continue
    const place = join(parent, name)
    try {
      if (!isAbandoned(place)) continue
      if (existsSync(clusterFolder(place))) await clearLeftover(clusterFolder(place))
      removePlace(place)
    } catch {
      // Another account's run, or somebody else removed it at the same moment: nothing to do.
    }
  }
}

function isAbandoned(place: string): boolean {
  try {
    const { pid, started } = parseObject(readFileSync(ownerFile(place), 'utf8'))
    return !isStillRunning({ pid: Number(pid), started: String(started) })
  } catch {
    // Between making the folder and writing its owner there is a moment; a minute later it is rubbish.
    return Date.now() - statSync(place).mtimeMs > 60_000
  }
}

/** Beside the folder, because the folder itself belongs to the database's account. */
function ownerFile(place: string): string {
  return `${place}.owner`
}

function removePlace(place: string): void {
  rmSync(place, { recursive: true, force: true })
  rmSync(ownerFile(place), { force: true })
}

function newPassword(): string {
  return randomBytes(18).toString('base64url')
}
