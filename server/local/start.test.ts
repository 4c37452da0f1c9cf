import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { releasePostgres, removeSharedPlace } from './postgres.ts'
import { readPostmasterFile } from './postgres-leftover.ts'
import { commandOf, isAlive, sendSignal, waitUntil } from './process-table.ts'

// The launcher with everything it starts: database, stand-in for Google, server. Only the demo seed is left out.

let parent: string
let data_folder: string
let launchers: ChildProcess[]

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'leema-start-'))
  data_folder = join(parent, 'data')
  launchers = []
})

afterEach(async () => {
  for (const launcher of launchers.filter((one) => one.exitCode === null && one.signalCode === null)) {
    launcher.kill('SIGTERM')
    await once(launcher, 'exit')
  }
  for (const place of existsSync(data_folder) ? await releasePostgres(data_folder) : [])
    await removeSharedPlace(place)
  rmSync(parent, { recursive: true, force: true })
}, 30_000)

type Launched = { launcher: ChildProcess; printed: () => string; ended: Promise<number | null> }

function launch(words: string[] = []): Launched {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, LEEMA_DATA: data_folder, PORT: '0', LEEMA_SEED: 'none', LEEMA_ENV_FILE: '' }
  const launcher = fork(fileURLToPath(new URL('start.ts', import.meta.url)), words, { env, silent: true })
  launchers.push(launcher)
  let text = ''
  launcher.stdout?.on('data', (chunk) => {
    text += String(chunk)
  })
  launcher.stderr?.on('data', (chunk) => {
    text += String(chunk)
  })
  const ended = once(launcher, 'close').then(() => launcher.exitCode)
  return { launcher, printed: () => text, ended }
}

async function ready(launched: Launched): Promise<string> {
  return Promise.race([
    once(launched.launcher, 'message').then(([message]) => String(message.url)),
    launched.ended.then(() => Promise.reject(new Error(`it ended:\n${launched.printed()}`))),
  ])
}

/** Everything the launcher has started: the programs it notes, and the database. */
function startedPids(): number[] {
  const { marks } = JSON.parse(readFileSync(join(data_folder, 'processes.json'), 'utf8'))
  const { place } = JSON.parse(readFileSync(join(data_folder, 'postgres.json'), 'utf8'))
  const database = readPostmasterFile(join(resolve(data_folder, place), 'data'))
  if (!database) throw new Error('the database has no postmaster.pid')
  return [...marks.map((mark: { pid: number }) => mark.pid), database.pid]
}

test('start, serve, refuse a second launcher, stop within five seconds, start anew after a reset', async () => {
  const first = launch()
  const url = await ready(first)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  const google = /Google\s{2,}(\S+)/.exec(first.printed())?.[1] ?? ''
  expect(await (await fetch(`${google}/.well-known/openid-configuration`)).json()).toMatchObject({
    issuer: google,
  })
  expect(statSync(join(data_folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  const pids = startedPids()
  expect(pids.length).toBeGreaterThanOrEqual(3)
  expect(pids.filter(isAlive)).toEqual(pids)

  const second = launch()
  expect(await second.ended).toBe(1)
  expect(second.printed()).toContain(`process ${first.launcher.pid}`)
  expect((await fetch(`${url}/health`)).status).toBe(200)

  const began = performance.now()
  first.launcher.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(pids.filter(isAlive)).toEqual([])

  const secrets = readFileSync(join(data_folder, 'secrets.json'), 'utf8')
  const third = launch(['--reset'])
  await ready(third)
  expect(third.printed()).toContain('Removed all data')
  expect(readFileSync(join(data_folder, 'secrets.json'), 'utf8')).not.toBe(secrets)
}, 120_000)

test('after kill -9 of the launcher nothing is left running, and the next start just works', async () => {
  const first = launch()
  await ready(first)
  const pids = startedPids()
  first.launcher.kill('SIGKILL')
  await first.ended
  await waitUntil(() => pids.every((pid) => !isAlive(pid)), 10_000)
  expect(pids.filter(isAlive).map(commandOf)).toEqual([])

  const began = performance.now()
  const second = launch()
  const url = await ready(second)
  expect(performance.now() - began).toBeLessThan(30_000)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
}, 120_000)

test('kill -9 of everything at once is survived, too', async () => {
  const first = launch()
  await ready(first)
  for (const pid of [first.launcher.pid ?? 0, ...startedPids()]) sendSignal(pid, 'SIGKILL')
  await first.ended
  expect((await fetch(`${await ready(launch())}/health/ready`)).status).toBe(200)
}, 120_000)

test('in production nothing is started beside the server, and it names what is missing', async () => {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, LEEMA_ENV: 'production', LEEMA_ENV_FILE: '', LEEMA_DATA: data_folder, PORT: '0' }
  const launcher = fork(fileURLToPath(new URL('start.ts', import.meta.url)), { env, silent: true })
  launchers.push(launcher)
  let text = ''
  launcher.stderr?.on('data', (chunk) => {
    text += String(chunk)
  })
  await once(launcher, 'close')
  expect(launcher.exitCode).toBe(78)
  for (const name of ['DATABASE_URL', 'AUTH_SIGNING_KEYS', 'DATA_ENCRYPTION_KEY', 'GOOGLE_ISSUER']) {
    expect(text).toContain(name)
  }
  expect(existsSync(data_folder)).toBe(false)
})

test('a word or a port that makes no sense is refused before anything is touched', async () => {
  const launched = launch(['--rest'])
  expect(await launched.ended).toBe(1)
  expect(launched.printed()).toContain('Unknown option --rest')
  expect(existsSync(data_folder)).toBe(false)
})
