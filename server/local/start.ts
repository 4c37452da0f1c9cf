import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginStep, type Step, say } from '../../bin/progress.mjs'
import { type Program, runProgram, type Supervised, superviseProgram, type Watcher } from './child.ts'
import {
  type FolderLock,
  finishReset,
  LauncherError,
  lockDataFolder,
  openDataFolder,
  resetDataFolder,
} from './data-folder.ts'
import { programEnvironment, serverEnvironment, usesLocalGoogle, usesLocalPaypal } from './environment.ts'
import { parseObject, writeWhole } from './files.ts'
import { openLogFile, rotateHeldLog } from './log-file.ts'
import { type EmbeddedPostgres, startPostgres } from './postgres.ts'
import { endProcess, type ProcessMark } from './process-table.ts'
import { localSecrets } from './secrets.ts'
import {
  HELP,
  type HeldPort,
  holdPort,
  holdPortNear,
  PROJECT,
  readSettings,
  type Settings,
} from './settings.ts'
import { summary } from './summary.ts'

const STEPS = 6
const MAIN = join(PROJECT, 'server/src/main.ts')
const ALL_ROLES = '--roles=api,worker,realtime,scheduler'
// Together under five seconds: the programs first, then the database they use, which gets what is left.
const PROGRAM_PATIENCE_MS = 3_700
const STOP_MS = 4_500
const DATABASE_PATIENCE_MIN_MS = 700
const LOG_CHECK_MS = 60_000

/** Everything that runs and must be ended, in the order it was started. */
type Running = {
  lock?: FolderLock
  data_folder?: string
  programs: Supervised[]
  once: Set<() => void>
  postgres?: EmbeddedPostgres
  is_stopping: boolean
}

const running: Running = { programs: [], once: new Set(), is_stopping: false }

const watcher: Watcher = {
  say,
  onGiveUp: () => void stop(1),
  onChange: () => rememberProcesses(),
}

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  if (words.includes('--help')) return say(HELP)
  const env_file = process.env.LEEMA_ENV_FILE ?? join(PROJECT, '.env')
  if (env_file && existsSync(env_file)) process.loadEnvFile(env_file)
  const settings = await readSettings(words, process.env)
  listenForTheEnd()
  if (settings.is_production) return runInProduction()
  await startAll(settings)
}

async function startAll(settings: Settings): Promise<void> {
  const started = performance.now()
  const data_folder = openDataFolder(settings.data_folder, { is_default: settings.is_default_folder })
  running.data_folder = data_folder
  running.lock = await lockDataFolder(data_folder)
  running.lock.announce({ address: settings.public_url })
  await endForgottenProcesses(data_folder)
  await finishReset(data_folder)
  if (settings.is_reset) {
    await resetDataFolder(data_folder)
    say(`Removed all data in ${data_folder}.`)
  }
  const ports = await holdPorts(settings)
  const secrets = localSecrets(data_folder)
  await step(3, 'Starting the database', () => startDatabase(data_folder, secrets))
  const env = serverEnvironment(process.env, {
    settings,
    secrets,
    postgres: running.postgres,
    ports: { google: ports.google.port, paypal: ports.paypal.port },
    data_folder,
  })
  await step(4, 'Preparing its tables', (shown) => prepareTables(data_folder, env, shown.note))
  await step(5, 'Starting the local stand-ins for Google and PayPal', async () => {
    if (usesLocalGoogle(process.env)) {
      await startProgram(
        'google',
        ['server/local/google.ts'],
        programEnvironment(env, 'GOOGLE_', ports.google.port),
        ports.google,
      )
    }
    if (usesLocalPaypal(process.env)) {
      await startProgram(
        'paypal',
        ['server/local/paypal.ts'],
        programEnvironment(env, 'PAYPAL_', ports.paypal.port),
        ports.paypal,
      )
    }
  })
  await step(6, 'Starting the server', () => startProgram('server', [MAIN, ALL_ROLES], env, ports.server))
  say(
    summary({
      data_folder,
      public_url: settings.public_url,
      google_url: usesLocalGoogle(process.env) ? env.GOOGLE_ISSUER : undefined,
      has_mailbox: !env.SMTP_URL,
      // Counted from `npm start` itself when it says when it began.
      seconds:
        (Number(process.env.LEEMA_STARTED_MS)
          ? Date.now() - Number(process.env.LEEMA_STARTED_MS)
          : performance.now() - started) / 1000,
    }),
  )
  process.send?.({ type: 'ready', url: settings.public_url })
  setInterval(() => rotateHeldLog(join(data_folder, 'logs/postgres.log')), LOG_CHECK_MS).unref()
}

/** Taken before the slow part begins: nobody may have one of them when it is over. */
async function holdPorts(settings: Settings) {
  const { host, port } = settings
  const server = settings.held_port ?? (await holdPort(port, host))
  if (!server) {
    throw new LauncherError(
      `Port ${port} is taken by another program. Choose one: PORT=${port + 80} npm start`,
    )
  }
  return { server, google: await holdPortNear(port + 1, host), paypal: await holdPortNear(port + 2, host) }
}

async function startDatabase(data_folder: string, secrets: ReturnType<typeof localSecrets>): Promise<string> {
  if (process.env.DATABASE_URL) return 'DATABASE_URL is set'
  rotateHeldLog(join(data_folder, 'logs/postgres.log'))
  const postgres = await startPostgres({
    data_folder,
    passwords: {
      superuser: secrets.database_superuser_password,
      owner: secrets.database_owner_password,
      app: secrets.database_app_password,
    },
  })
  running.postgres = postgres
  void postgres.exited.then(() => {
    if (running.is_stopping) return
    say('The database ended unexpectedly; everything is stopped. Start again: it recovers by itself.')
    void stop(1)
  })
  if (postgres.recovered_from) return `stopped one left over from before, process ${postgres.recovered_from}`
  return postgres.is_new ? 'a new one' : ''
}

/** Migrates, and fills a new installation with the demo. A seed that was cut short is simply run again. */
async function prepareTables(data_folder: string, env: NodeJS.ProcessEnv, note: (text: string) => void) {
  const log = openLogFile(join(data_folder, 'logs/prepare.log'))
  await once({ name: 'The migration', args: [MAIN, 'migrate'], env, log }, note)
  const seeded = join(data_folder, 'seeded.json')
  // Somebody else's database is not filled with demo people unasked.
  const wants_seed = (env.LEEMA_SEED ?? (running.postgres ? 'demo' : 'none')) === 'demo'
  if (existsSync(seeded) || !wants_seed) return ''
  await once({ name: 'The demo seed', args: [MAIN, 'seed-demo'], env, log }, (line) => {
    if (!line.startsWith('{')) note(line)
  })
  writeWhole(seeded, `${JSON.stringify({ seeded_at: new Date().toISOString() })}\n`)
  return 'with the demo'
}

async function once(program: Program, onLine: (line: string) => void): Promise<void> {
  let forget = () => {}
  try {
    await runProgram(program, {
      onLine,
      onStart: (end) => {
        running.once.add(end)
        forget = () => running.once.delete(end)
      },
    })
  } finally {
    forget()
  }
}

async function startProgram(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  held: HeldPort,
): Promise<void> {
  const log = openLogFile(join(running.data_folder ?? '', 'logs', `${name}.log`))
  await held.release()
  const program = superviseProgram({ name, args, env, log }, watcher)
  running.programs.push(program)
  await program.ready
}

async function step(number: number, title: string, work: (shown: Step) => Promise<unknown>): Promise<void> {
  const shown = beginStep(number, STEPS, title)
  try {
    const remark = await work(shown)
    shown.done(typeof remark === 'string' ? remark : '')
  } catch (error) {
    shown.fail()
    throw error
  }
}

/** The server alone, with exactly the given environment: it names by itself what is missing or unfit. */
function runInProduction(): void {
  const server = spawn(process.execPath, [MAIN, ALL_ROLES], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<number>((resolve) => server.once('exit', (code) => resolve(code ?? 1)))
  running.programs.push({
    name: 'server',
    ready: Promise.resolve(''),
    mark: () => undefined,
    stop: async (patience_ms) => {
      server.kill('SIGTERM')
      const force = setTimeout(() => server.kill('SIGKILL'), patience_ms)
      await ended
      clearTimeout(force)
    },
  })
  void ended.then((code) => stop(code))
}

function listenForTheEnd(): void {
  let first_ms: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A terminal and npm may both deliver the same Ctrl-C; only a later one means "now".
      if (first_ms !== undefined && performance.now() - first_ms > 1_000) process.exit(1)
      first_ms ??= performance.now()
      void stop(0)
    })
  }
  process.on('disconnect', () => void stop(0))
}

async function stop(exit_code: number): Promise<void> {
  if (running.is_stopping) return
  running.is_stopping = true
  running.lock?.announce({ stopping: true })
  if (exit_code === 0) say('\nStopping …')
  const began = performance.now()
  for (const end of running.once) end()
  await Promise.all(running.programs.map((program) => program.stop(PROGRAM_PATIENCE_MS)))
  await running.postgres?.stop(Math.max(DATABASE_PATIENCE_MIN_MS, STOP_MS - (performance.now() - began)))
  running.lock?.release()
  if (exit_code === 0) say(`Stopped (${((performance.now() - began) / 1000).toFixed(1)} s).`)
  process.exit(exit_code)
}

/** Kept so that the next start can end programs that outlived a launcher that was killed. */
function rememberProcesses(): void {
  if (!running.data_folder || running.is_stopping) return
  const marks = running.programs.flatMap((program) => program.mark() ?? [])
  writeWhole(join(running.data_folder, 'processes.json'), JSON.stringify({ marks }))
}

async function endForgottenProcesses(data_folder: string): Promise<void> {
  const file = join(data_folder, 'processes.json')
  if (!existsSync(file)) return
  const { marks } = parseObject(readFileSync(file, 'utf8'))
  if (!Array.isArray(marks)) return
  await Promise.all(
    marks.map((mark: ProcessMark) =>
      endProcess({ pid: Number(mark.pid), started: String(mark.started) }, 3_000),
    ),
  )
}

main().catch(async (error: unknown) => {
  if (running.is_stopping) return // What fails now fails because it was stopped.
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `\n${error instanceof LauncherError || !(error instanceof Error) ? message : `${message}\n`}\n`,
  )
  await stop(1)
})
