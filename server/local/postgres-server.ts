import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identity, type PostgresPrograms } from './postgres-files.ts'
import { readPostmasterFile, stopPostmaster } from './postgres-leftover.ts'

export const SUPERUSER = 'postgres'

/** A running database server; `exited` resolves when it ends, by whatever cause. */
export type PostgresServer = {
  pid: number
  port: number
  exited: Promise<void>
  stop: (patience_ms?: number) => Promise<void>
}

export type ServerOptions = {
  programs: PostgresPrograms
  folder: string
  /** Tried first; another free one is taken when it is in use. */
  port?: number | undefined
  settings: Record<string, string>
  log_file: string
  /** False only to try what happens when the database outlives its launcher. */
  ends_with_launcher?: boolean
}

// With any other locale similarity('платье', 'платья') is 0 and lower() leaves Cyrillic letters as they are.
const LOCALE = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C.UTF-8',
]
const READY_LIMIT_MS = 60_000

/** Makes a new cluster. The folder appears only when it is complete, so a cut start can simply be repeated. */
export async function createCluster(
  programs: PostgresPrograms,
  folder: string,
  options: { password: string; durable: boolean },
): Promise<void> {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.new`))
      rmSync(join(dirname(folder), name), { recursive: true, force: true })
  }
  // A new name each time: an earlier attempt whose launcher was killed may still be writing.
  const unfinished = `${folder}.new-${randomBytes(6).toString('hex')}`
  const password_file = `${unfinished}-password`
  writeFileSync(password_file, `${options.password}\n`, { mode: 0o600 })
  if (programs.run_as) chownSync(password_file, programs.run_as.uid, programs.run_as.gid)
  try {
    const args = [`--pgdata=${unfinished}`, `--username=${SUPERUSER}`, `--pwfile=${password_file}`, ...LOCALE]
    args.push('--auth=scram-sha-256', '--no-instructions', options.durable ? '--data-checksums' : '--no-sync')
    await runToEnd(programs, args)
    renameSync(unfinished, folder)
  } finally {
    rmSync(password_file, { force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Starts the server on 127.0.0.1 and waits until it accepts connections (crash recovery included). */
export async function startServer(options: ServerOptions): Promise<PostgresServer> {
  let port = options.port ?? (await freePort())
  for (let attempt = 1; ; attempt++) {
    const log_start = sizeOf(options.log_file)
    const server = launch(options, port)
    if (await becomesReady(server, options.folder)) return server
    await server.stop()
    const complaint = readFileSync(options.log_file, 'utf8').slice(log_start)
    const is_port_taken = complaint.includes('could not bind') || complaint.includes('Address already in use')
    if (!is_port_taken || attempt === 5)
      throw new Error(`The database did not start:\n${lastLines(complaint, 12)}`)
    port = await freePort()
  }
}

/** A port that is free at this moment on 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })
}

function launch(options: ServerOptions, port: number): PostgresServer {
  const { programs, folder } = options
  const settings = { ...options.settings, port: String(port), listen_addresses: '127.0.0.1' }
  const args = [
    '-D',
    folder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const life_line = options.ends_with_launcher === false ? [] : lifeLine('INT')
  const [command = programs.postgres, ...words] = [...life_line, programs.postgres, ...args]
  // Straight to the file, not through a pipe of ours: the log goes on when the launcher is killed.
  const log = openSync(options.log_file, 'a', 0o600)
  const child = spawn(command, words, {
    ...identity(programs.run_as),
    cwd: '/',
    detached: true, // Ctrl-C in a terminal reaches the whole group; the database must stop last, on our word.
    env: cleanEnvironment(),
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let is_gone = false
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      is_gone = true
      resolve()
    }
    child.once('exit', end)
    child.once('error', end)
  })
  const pid = child.pid ?? -1
  return {
    pid,
    port,
    exited,
    stop: async (patience_ms = 2_500) => {
      if (!is_gone && pid > 0) await stopPostmaster(pid, { patience_ms, isGone: () => is_gone })
    },
  }
}

/** Words put before a command so that the kernel itself signals it when the launcher is gone, however it ended. */
function lifeLine(signal: 'INT' | 'KILL'): string[] {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  if (!setpriv || process.platform !== 'linux') return []
  const words = [setpriv, '--pdeathsig', signal, '--']
  const works = spawnSync(setpriv, [...words.slice(1), '/bin/true'], { stdio: 'ignore' }).status === 0
  return works ? words : []
}

async function becomesReady(server: PostgresServer, folder: string): Promise<boolean> {
  const deadline = performance.now() + READY_LIMIT_MS
  let is_gone = false
  void server.exited.then(() => {
    is_gone = true
  })
  while (!is_gone && performance.now() < deadline) {
    const file = readPostmasterFile(folder)
    if (file?.pid === server.pid && file.status === 'ready') return true
    await sleep(10)
  }
  return false
}

function runToEnd(programs: PostgresPrograms, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const [command = programs.initdb, ...words] = [...lifeLine('KILL'), programs.initdb, ...args]
    const child = spawn(command, words, {
      ...identity(programs.run_as),
      cwd: '/',
      env: cleanEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const kill = () => child.kill('SIGKILL')
    process.once('exit', kill)
    let complaint = ''
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('exit', kill)
      if (code === 0) resolve()
      else reject(new Error(`The database could not be made:\n${lastLines(complaint, 12)}`))
    })
  })
}

/** PGDATA, PGPORT and friends of the caller must not reach our own database. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}

function sizeOf(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').length : 0
}

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n')
}

/** The folder with the cluster's own files inside the folder that belongs to the database's account. */
export function clusterFolder(place: string): string {
  return join(place, 'data')
}
