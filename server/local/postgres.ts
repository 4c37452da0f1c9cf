import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import pg from 'pg'
import { parseObject, writeWhole } from './files.ts'
import {
  accountOwning,
  canEnter,
  chooseAccount,
  makePrivateFolder,
  makeSharedRoot,
  preparePrograms,
  type RunAs,
  SHARED_ROOT,
} from './postgres-files.ts'
import { clearLeftover } from './postgres-leftover.ts'
import { clusterFolder, createCluster, SUPERUSER, startServer } from './postgres-server.ts'

export const DATABASE = 'leema'
export const OWNER_ROLE = 'leema_owner'
export const APP_ROLE = 'leema_app'

export type PostgresPasswords = { superuser: string; owner: string; app: string }

/** The embedded database while it runs. */
export type EmbeddedPostgres = {
  pid: number
  port: number
  /** The application's own connection: reads and writes rows, changes no table. */
  app_url: string
  /** Owner of the database, for migrations. */
  owner_url: string
  superuser_url: string
  is_new: boolean
  /** Pid of a database that an earlier start left running and that was stopped first. */
  recovered_from?: number
  exited: Promise<void>
  /** Fast shutdown; immediate when it takes longer than `patience_ms` (2500), which loses nothing committed either. */
  stop: (patience_ms?: number) => Promise<void>
}

export type StartOptions = {
  data_folder: string
  passwords: PostgresPasswords
  log_file?: string
  ends_with_launcher?: boolean
}

/** Where a cluster lives and which port it had last; kept in `<data>/postgres.json`. */
type Whereabouts = { place: string; port?: number | undefined }

/** The usual place of the cluster, below the data folder. */
const INSIDE = 'postgres'

// Durable, and small: the whole server stays under about 60 MB until it is used hard.
const SETTINGS: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '256MB',
  jit: 'off',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
}

/**
 * Starts the embedded PostgreSQL of a data folder: makes it on first use, recovers it after a crash, and makes sure of
 * its two roles and its database. The caller holds the lock of the data folder.
 */
export async function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const whereabouts = await findPlace(options.data_folder)
  const folder = clusterFolder(whereabouts.place)
  const is_new = !existsSync(folder)
  const programs = preparePrograms(accountOwning(whereabouts.place))
  const leftover = is_new ? {} : await clearLeftover(folder)
  if (is_new) {
    await createCluster(programs, folder, { password: options.passwords.superuser, durable: true })
  }
  const log_file = options.log_file ?? join(options.data_folder, 'logs/postgres.log')
  mkdirSync(dirname(log_file), { recursive: true, mode: 0o700 })
  const server = await startServer({
    programs,
    folder,
    port: whereabouts.port,
    settings: SETTINGS,
    log_file,
    ends_with_launcher: options.ends_with_launcher ?? true,
  })
  try {
    writeWhereabouts(options.data_folder, { ...whereabouts, port: server.port })
    const superuser_url = urlFor(SUPERUSER, options.passwords.superuser, server.port, 'postgres')
    await makeRolesAndDatabase(superuser_url, options.passwords)
    return {
      ...server,
      is_new,
      ...(leftover.stopped_pid === undefined ? {} : { recovered_from: leftover.stopped_pid }),
      superuser_url,
      owner_url: urlFor(OWNER_ROLE, options.passwords.owner, server.port, DATABASE),
      app_url: urlFor(APP_ROLE, options.passwords.app, server.port, DATABASE),
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Stops what runs on the data folder, and returns the folders outside of it that hold its database. */
export async function releasePostgres(data_folder: string): Promise<string[]> {
  const known = readWhereabouts(data_folder)
  const place = known?.place ?? join(data_folder, INSIDE)
  if (existsSync(clusterFolder(place))) await clearLeftover(clusterFolder(place))
  return isSharedPlace(place) && existsSync(place) ? [place] : []
}

/** True for a cluster that root keeps outside of its data folder. */
function isSharedPlace(place: string): boolean {
  return /^cluster-[0-9a-f]{16}$/.test(relative(SHARED_ROOT, place))
}

/** Connection address for a role on the embedded server. */
export function urlFor(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Creates what is missing and sets both passwords anew, so that the secrets file always fits. */
export async function makeRolesAndDatabase(
  superuser_url: string,
  passwords: PostgresPasswords,
): Promise<void> {
  const client = new pg.Client({ connectionString: superuser_url })
  client.on('error', () => undefined) // The failing query reports it; without a listener it would end the process.
  await client.connect().catch((error: unknown) => {
    throw new Error(
      'The database does not accept the passwords of this data folder. If its secrets.json was lost, begin anew with ' +
        '"npm start -- --reset".',
      { cause: error },
    )
  })
  try {
    const roles = [
      [OWNER_ROLE, passwords.owner],
      [APP_ROLE, passwords.app],
    ] as const
    for (const [role, password] of roles) {
      const found = await client.query('select from pg_roles where rolname = $1', [role])
      if (found.rowCount === 0) await client.query(`create role ${role}`)
      await client.query(
        `alter role ${role} login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
      )
    }
    const database = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
    await client.query(`revoke all on database ${DATABASE} from public`)
    await client.query(`grant connect, temporary on database ${DATABASE} to ${APP_ROLE}`)
  } finally {
    await client.end()
  }
}

async function findPlace(data_folder: string): Promise<Whereabouts> {
  const known = readWhereabouts(data_folder)
  if (known) {
    if (existsSync(known.place)) return known
    throw new Error(
      `The database of this data folder was at ${known.place}, and that folder is gone. ` +
        'Bring it back, or begin anew with "npm start -- --reset".',
    )
  }
  const run_as = chooseAccount()
  const inside = join(data_folder, INSIDE)
  makePrivateFolder(inside, run_as)
  if (canEnter(inside, run_as)) return remember(data_folder, { place: inside })
  rmdirSync(inside)
  return remember(data_folder, { place: await makeSharedPlace(data_folder, run_as) })
}

/** Root's own folders are closed to the database's account, so the cluster goes where it can be reached. */
async function makeSharedPlace(data_folder: string, run_as: RunAs): Promise<string> {
  makeSharedRoot()
  await sweepSharedPlaces()
  // A random name: a data folder that was removed and made again must never meet its old database.
  const place = join(SHARED_ROOT, `cluster-${randomBytes(8).toString('hex')}`)
  writeWhole(ownerFile(place), data_folder)
  makePrivateFolder(place, run_as)
  return place
}

/** Removes a cluster that root keeps outside of its data folder. Anything else is left alone. */
export async function removeSharedPlace(place: string): Promise<void> {
  if (!isSharedPlace(place)) return
  await rm(place, { recursive: true, force: true })
  await rm(ownerFile(place), { force: true })
}

/**
 * Removes clusters of data folders that were made for the moment and are gone. Others stay, whatever became of their
 * folder: it may lie on a disk that is only not there today.
 */
async function sweepSharedPlaces(): Promise<void> {
  for (const name of readdirSync(SHARED_ROOT)) {
    const place = join(SHARED_ROOT, name)
    if (!isSharedPlace(place) || !existsSync(ownerFile(place))) continue
    const data_folder = readFileSync(ownerFile(place), 'utf8')
    if (!data_folder.startsWith(join(tmpdir(), '/')) || existsSync(data_folder)) continue
    if (existsSync(clusterFolder(place))) await clearLeftover(clusterFolder(place))
    await removeSharedPlace(place)
  }
}

function ownerFile(place: string): string {
  return `${place}.owner`
}

function remember(data_folder: string, whereabouts: Whereabouts): Whereabouts {
  writeWhereabouts(data_folder, whereabouts)
  return whereabouts
}

/** Inside places are kept as a relative path, so that a moved project finds its database. */
function writeWhereabouts(data_folder: string, { place, port }: Whereabouts): void {
  const kept = place === join(data_folder, INSIDE) ? INSIDE : place
  writeWhole(join(data_folder, 'postgres.json'), `${JSON.stringify({ place: kept, port })}\n`)
}

function readWhereabouts(data_folder: string): Whereabouts | undefined {
  const file = join(data_folder, 'postgres.json')
  if (!existsSync(file)) return undefined
  const { place, port } = parseObject(readFileSync(file, 'utf8'))
  return { place: resolve(data_folder, String(place)), port: typeof port === 'number' ? port : undefined }
}
