import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseObject, writeWhole } from './files.ts'
import { releasePostgres, removeSharedPlace } from './postgres.ts'
import { isErrnoError, isStillRunning, markOf, type ProcessMark } from './process-table.ts'

/** A refusal that the person at the keyboard can act on; shown without a stack. */
export class LauncherError extends Error {}

/** The lock of a data folder; whoever holds it may start a database in there. */
export type FolderLock = {
  announce: (what: { address?: string; stopping?: boolean }) => void
  release: () => void
}

type Holder = ProcessMark & { address?: string; stopping?: boolean }

const MARKER = 'leema-data.json'
const LOCK = 'leema.lock'
const RESETTING = 'resetting.json'
// A launcher whose parent was killed notices within half a second and says that it is stopping.
const NOTICE_MS = 2_000
const STOP_MS = 8_000

/**
 * Makes or opens a data folder and returns its real path. A folder that holds other things is refused, so that the
 * marker inside really means "everything in here is Leema's".
 */
export function openDataFolder(path: string, options: { is_default: boolean }): string {
  const is_root = process.getuid?.() === 0
  // Root's database runs under another account, which must pass through; what is secret inside has its own modes.
  if (!existsSync(path)) makeFolder(path, is_root ? 0o711 : 0o700)
  const folder = realpathSync(path)
  if (!statSync(folder).isDirectory()) throw new LauncherError(`LEEMA_DATA is not a folder: ${folder}`)
  assertWritable(folder)
  const marker = join(folder, MARKER)
  if (!existsSync(marker)) {
    if (!options.is_default && readdirSync(folder).some((name) => !isOurs(name))) {
      throw new LauncherError(
        `${folder} is not empty and was not made by Leema. Set LEEMA_DATA to a new or empty folder.`,
      )
    }
    writeWhole(marker, `${JSON.stringify({ what: 'Leema data folder', version: 1 })}\n`, 0o644)
  }
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 })
  return folder
}

/** Takes the folder for this process. @throws LauncherError naming the process that has it */
export async function lockDataFolder(folder: string): Promise<FolderLock> {
  const lock = join(folder, LOCK)
  const mark = markOf(process.pid)
  if (!mark) throw new Error('cannot find the own process in the process table')
  const started = performance.now()
  while (!linkLock(lock, mark)) {
    const holder = readHolder(lock)
    if (!holder || !isStillRunning(holder)) {
      removeStaleLock(lock)
    } else if (performance.now() - started > (holder.stopping ? STOP_MS : NOTICE_MS)) {
      const address = holder.address ? ` at ${holder.address}` : ''
      throw new LauncherError(
        `Leema already runs on this data folder${address}: process ${holder.pid}, folder ${folder}. ` +
          `Stop it first ("kill ${holder.pid}"), or set LEEMA_DATA and PORT to run a second one.`,
      )
    }
    await sleep(50)
  }
  let holder: Holder = { ...mark }
  return {
    announce: (what) => {
      holder = { ...holder, ...what }
      writeWhole(lock, JSON.stringify(holder))
    },
    release: () => rmSync(lock, { force: true }),
  }
}

/** Empties a data folder whose lock is held, its database outside of it included. Refuses any other folder. */
export async function resetDataFolder(folder: string): Promise<void> {
  if (!existsSync(join(folder, MARKER))) {
    throw new LauncherError(`${folder} is not a data folder of Leema; nothing was removed.`)
  }
  const outside = await releasePostgres(folder)
  // Half of the data is worse than all or nothing: a removal that was cut short is finished by the next start.
  writeWhole(join(folder, RESETTING), `${JSON.stringify({ outside })}\n`)
  await finishReset(folder)
}

/** Goes on with a reset that was cut short. Does nothing when there was none. */
export async function finishReset(folder: string): Promise<void> {
  const pending = join(folder, RESETTING)
  if (!existsSync(pending)) return
  const { outside } = parseObject(readFileSync(pending, 'utf8'))
  for (const place of Array.isArray(outside) ? outside : []) await removeSharedPlace(String(place))
  const kept = [LOCK, MARKER, RESETTING]
  const names = readdirSync(folder).filter((name) => !kept.includes(name))
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true })
  mkdirSync(join(folder, 'logs'), { mode: 0o700 })
  await rm(pending)
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true })
    // Parents made on the way keep the usual mode; only the folder itself is closed.
    rmdirSync(path)
    mkdirSync(path, { mode })
  } catch (error) {
    throw new LauncherError(
      `The data folder ${path} cannot be made: ${reason(error)}. Set LEEMA_DATA to another.`,
    )
  }
}

function assertWritable(folder: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const secrets = join(folder, 'secrets.json')
    if (existsSync(secrets)) accessSync(secrets, constants.R_OK | constants.W_OK)
  } catch {
    throw new LauncherError(
      `The data folder ${folder} belongs to another account (it was made by uid ${lstatSync(folder).uid}). ` +
        'Start as that account, or set LEEMA_DATA to another folder.',
    )
  }
}

function isOurs(name: string): boolean {
  return name.startsWith(LOCK) || name === 'logs'
}

/** One atomic step: the lock appears with its content, or somebody else has it. */
function linkLock(lock: string, mark: ProcessMark): boolean {
  const own = `${lock}.${randomBytes(6).toString('hex')}`
  writeFileSync(own, JSON.stringify(mark), { mode: 0o600 })
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if (isErrnoError(error) && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

/** Two starts may find the same stale lock; only inside this little mutex may one be removed, after a second look. */
function removeStaleLock(lock: string): void {
  const mutex = `${lock}.removing`
  try {
    mkdirSync(mutex)
  } catch {
    const since = statSync(mutex, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Date.now() - since > 5_000) rmSync(mutex, { recursive: true, force: true })
    return
  }
  try {
    const holder = readHolder(lock)
    if (!holder || !isStillRunning(holder)) rmSync(lock, { force: true })
  } finally {
    rmSync(mutex, { recursive: true, force: true })
  }
}

function readHolder(lock: string): Holder | undefined {
  try {
    const { pid, started, address, stopping } = parseObject(readFileSync(lock, 'utf8'))
    return {
      pid: Number(pid),
      started: String(started),
      ...(typeof address === 'string' ? { address } : {}),
      stopping: stopping === true,
    }
  } catch {
    return undefined
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
