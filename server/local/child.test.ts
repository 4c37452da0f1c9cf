import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runProgram, type Supervised, superviseProgram } from './child.ts'
import { type LogFile, openLogFile } from './log-file.ts'
import { isAlive, sendSignal, waitUntil } from './process-table.ts'

let folder: string
let log: LogFile
let said: string[]
let given_up: string[]
let started: Supervised[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leema-child-'))
  log = openLogFile(join(folder, 'program.log'))
  said = []
  given_up = []
  started = []
})

afterEach(async () => {
  for (const program of started) await program.stop(1_000)
  log.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A small program written for one test; it runs as the programs of the platform do. */
function program(code: string) {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, code)
  return { name: 'program', args: [file], env: { PATH: process.env.PATH }, log }
}

function supervise(code: string): Supervised {
  const watcher = {
    say: (line: string) => said.push(line),
    onGiveUp: (name: string) => given_up.push(name),
    onChange: () => undefined,
  }
  const supervised = superviseProgram(program(code), watcher)
  started.push(supervised)
  return supervised
}

const READY = `process.send({ type: 'ready', url: 'http://here' }); setInterval(() => {}, 1000);`

test('a program that ends by itself is started again', async () => {
  const supervised = supervise(READY)
  expect(await supervised.ready).toBe('http://here')
  const first = supervised.mark()?.pid ?? 0
  sendSignal(first, 'SIGKILL')
  expect(await waitUntil(() => said.includes('The program is back.'), 10_000)).toBe(true)
  expect(supervised.mark()?.pid).not.toBe(first)
  expect(said[0]).toBe('The program ended unexpectedly (signal SIGKILL); it is started again in 0.5 s.')
  expect(given_up).toEqual([])
})

test('a program that ends again and again is given up after the fifth new start', async () => {
  const supervised = supervise(`process.send({ type: 'ready' }); setTimeout(() => process.exit(7), 20);`)
  await supervised.ready
  expect(await waitUntil(() => given_up.length > 0, 25_000)).toBe(true)
  expect(
    said.filter((line) => line.includes('started again in')).map((line) => /in ([\d.]+) s/.exec(line)?.[1]),
  ).toEqual(['0.5', '1', '2', '4', '8'])
  expect(said.at(-1)).toBe('The program ended again (exit code 7) and is not started any more.')
})

test('a program that cannot start at all is not tried again, and its last words are the reason', async () => {
  const supervised = supervise(`console.error('PUBLIC_URL is missing'); process.exit(78);`)
  await expect(supervised.ready).rejects.toThrow('did not start (exit code 78):\nPUBLIC_URL is missing')
  expect(said.filter((line) => line.includes('again'))).toEqual([])
})

test('one that ignores the request to stop is ended by force when patience is over', async () => {
  const supervised = supervise(`process.on('SIGTERM', () => {}); ${READY}`)
  await supervised.ready
  const { pid } = supervised.mark() ?? { pid: 0 }
  const began = performance.now()
  await supervised.stop(300)
  expect(performance.now() - began).toBeGreaterThanOrEqual(295)
  expect(isAlive(pid)).toBe(false)
  expect(said).toEqual([])
})

test('the console gets errors only, the log file gets everything', async () => {
  const lines = [
    '{"level":"info","msg":"all is well"}',
    '{"level":"error","msg":"could not send","err":{"message":"refused"}}',
    '{"level":30,"msg":"fine"}',
    '{"level":50,"msg":"broken"}',
    'a plain line',
  ]
  const supervised = supervise(`for (const line of ${JSON.stringify(lines)}) console.log(line);
    console.error('(node:1) Warning: of no interest'); console.error('TypeError: of interest'); ${READY}`)
  await supervised.ready
  expect(await waitUntil(() => said.length === 3, 5_000)).toBe(true)
  expect(said.sort()).toEqual([
    'program: TypeError: of interest',
    'program: broken',
    'program: could not send: refused',
  ])
  const logged = readFileSync(join(folder, 'program.log'), 'utf8')
  for (const line of lines) expect(logged).toContain(`${line}\n`)
})

test('a program that is run once hands its lines over, and fails with its last words', async () => {
  const lines: string[] = []
  const options = { onLine: (line: string) => lines.push(line), onStart: () => undefined }
  await runProgram(program(`console.log('one'); console.log('two');`), options)
  expect(lines).toEqual(['one', 'two'])
  await expect(runProgram(program(`console.log('three'); process.exit(3);`), options)).rejects.toThrow(
    'program failed (exit code 3):\nthree',
  )
})
