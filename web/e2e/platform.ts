import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNothingPersonal } from '../../server/test/log-canaries.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const START_LIMIT_MS = 240_000

export type DemoAccount = {
  role: 'buyer' | 'shop' | 'admin'
  email: string
  password: string
  totp_secret?: string
}

/** A running platform, whoever started it. */
export type RunningPlatform = { url: string; data_folder: string }

/** One that this test started and may end. */
export type Platform = RunningPlatform & {
  /** Everything the command has printed. */
  printed: () => string
  /** Ends the launcher only, as a person with Ctrl-C would; the data stays. */
  stop: () => Promise<void>
  kill: () => Promise<void>
  /** The same data again. */
  startAgain: () => Promise<void>
  /** @throws Error when a log of it holds an address, a token or a password (L-03) */
  assertQuietLogs: () => void
  remove: () => void
}

/** The platform as a person starts it: `npm start` with a port and a data folder of its own, the demo seeded. */
export async function startPlatform(
  configure: (url: string) => Promise<Record<string, string>> = async () => ({}),
): Promise<Platform> {
  const data_folder = mkdtempSync(join(tmpdir(), 'leema-story-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const environment = {
    ...(await configure(url)),
    PORT: String(port),
    LEEMA_DATA: data_folder,
    TRUSTED_PROXIES: '127.0.0.1',
  }
  let running = await npmStart(environment)
  return {
    url,
    data_folder,
    printed: () => running.printed.join(''),
    stop: () => end(running.child, 'SIGTERM'),
    kill: () => end(running.child, 'SIGKILL'),
    startAgain: async () => {
      running = await npmStart(environment)
    },
    assertQuietLogs: () => {
      for (const name of readdirSync(join(data_folder, 'logs')).filter((file) => file.endsWith('.log')))
        assertNothingPersonal(readFileSync(join(data_folder, 'logs', name), 'utf8').split('\n'))
    },
    remove: () => rmSync(data_folder, { recursive: true, force: true }),
  }
}

/** The first demo sign-in of a role. */
export function demoAccount({ data_folder }: RunningPlatform, role: DemoAccount['role']): DemoAccount {
  const accounts: DemoAccount[] = JSON.parse(readFileSync(join(data_folder, 'demo-accounts.json'), 'utf8'))
  const found = accounts.find((account) => account.role === role)
  if (!found) throw new Error(`no demo account for ${role}`)
  return found
}

async function npmStart(
  environment: Record<string, string>,
): Promise<{ child: ChildProcess; printed: string[] }> {
  const printed: string[] = []
  const child = spawn(process.execPath, ['bin/start.mjs'], {
    cwd: PROJECT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ready = new Promise<'ready'>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed.push(chunk.toString())
        if (printed.join('').includes('Leema is running')) resolve('ready')
      })
    }
  })
  const limit = new Promise<'late'>((resolve) => setTimeout(resolve, START_LIMIT_MS, 'late').unref())
  const outcome = await Promise.race([ready, once(child, 'exit').then(() => 'ended' as const), limit])
  if (outcome === 'ready') return { child, printed }
  child.kill('SIGKILL')
  throw new Error(`npm start: ${outcome}\n${printed.join('')}`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** A free port; the stand-ins for Google and PayPal take the next two, or others when those are taken. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
