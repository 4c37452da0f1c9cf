import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { LogFile } from './log-file.ts'
import { markOf, type ProcessMark } from './process-table.ts'

/** A program of ours that must keep running. */
export type Program = { name: string; args: string[]; env: NodeJS.ProcessEnv; log: LogFile }

export type Supervised = {
  name: string
  /** The address it named when it was ready. */
  ready: Promise<string>
  mark: () => ProcessMark | undefined
  /** SIGTERM, and SIGKILL when it takes longer than `patience_ms`. */
  stop: (patience_ms: number) => Promise<void>
}

export type Watcher = {
  /** One line for the person at the keyboard. */
  say: (line: string) => void
  /** The program ended too often; it is not started again. */
  onGiveUp: (name: string) => void
  /** A process of it began or ended. */
  onChange: () => void
}

const READY_LIMIT_MS = 60_000
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000]
/** A program that ran this long has recovered; its earlier ends are forgotten. */
const STABLE_MS = 60_000

/**
 * Starts a program and starts it again when it ends by itself: after 0.5, 1, 2, 4 and 8 seconds, then no more. One that
 * does not even come up the first time is not retried; `ready` then rejects with its last words.
 */
export function superviseProgram(program: Program, watcher: Watcher): Supervised {
  let is_wanted = true
  let ends = 0
  let current = launch(program, watcher)
  let timer: NodeJS.Timeout | undefined
  const ready = current.ready

  const again = (wait_ms: number) => {
    timer = setTimeout(() => {
      current = launch(program, watcher)
      watch(current)
      current.ready.then(
        () => watcher.say(`The ${program.name} is back.`),
        () => current.process.kill('SIGKILL'), // Not ready in time; its end starts the next attempt.
      )
    }, wait_ms)
  }
  const watch = (running: Running) => {
    watcher.onChange()
    void running.ended.then((how) => {
      if (!is_wanted) return
      watcher.onChange()
      ends = performance.now() - running.started > STABLE_MS ? 1 : ends + 1
      const wait_ms = BACK_OFF_MS[ends - 1]
      if (wait_ms === undefined) {
        watcher.say(`The ${program.name} ended again (${how}) and is not started any more.`)
        watcher.onGiveUp(program.name)
        return
      }
      watcher.say(
        `The ${program.name} ended unexpectedly (${how}); it is started again in ${wait_ms / 1000} s.`,
      )
      again(wait_ms)
    })
  }
  ready.then(
    () => watch(current),
    () => current.process.kill('SIGKILL'),
  )
  return {
    name: program.name,
    ready,
    mark: () => (current.process.pid === undefined ? undefined : markOf(current.process.pid)),
    stop: async (patience_ms) => {
      is_wanted = false
      clearTimeout(timer)
      await endChild(current, patience_ms)
    },
  }
}

/** Runs one of our programs to its end and hands its lines over. @throws Error with its last words when it fails */
export async function runProgram(
  program: Program,
  options: { onLine: (line: string) => void; onStart: (stop: () => void) => void },
): Promise<void> {
  const last: string[] = []
  const running = start(program, (line) => {
    last.push(line)
    if (last.length > 20) last.shift()
    options.onLine(line)
  })
  options.onStart(() => running.process.kill('SIGKILL'))
  const how = await running.ended
  if (how !== 'exit code 0') throw new Error(`${program.name} failed (${how}):\n${last.join('\n')}`)
}

type Running = { process: ChildProcess; started: number; ended: Promise<string>; ready: Promise<string> }

function launch(program: Program, watcher: Watcher): Running {
  const last: string[] = []
  const running = start(program, (line, is_error) => {
    last.push(line)
    if (last.length > 20) last.shift()
    const complaint = complaintIn(line, is_error)
    if (complaint) watcher.say(`${program.name}: ${complaint}`)
  })
  const ready = new Promise<string>((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`The ${program.name} was not ready in time.`)),
      READY_LIMIT_MS,
    )
    running.process.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'ready')
        return
      clearTimeout(limit)
      resolve('url' in message ? String(message.url) : '')
    })
    void running.ended.then((how) => {
      clearTimeout(limit)
      reject(new Error(`The ${program.name} did not start (${how}):\n${last.join('\n')}`))
    })
  })
  // Whoever waits for it sees the failure; a program that ends later than it was ready is reported by its end.
  ready.catch(() => undefined)
  return { ...running, ready }
}

function start(program: Program, onLine: (line: string, is_error: boolean) => void): Omit<Running, 'ready'> {
  const child = spawn(process.execPath, program.args, {
    env: program.env,
    // Ctrl-C in a terminal reaches the whole group at once; ours are told one after another instead.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const [stream, is_error] of [
    [child.stdout, false],
    [child.stderr, true],
  ] as const) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      program.log.write(`${line}\n`)
      onLine(line, is_error)
    })
  }
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  return { process: child, started: performance.now(), ended }
}

async function endChild(running: Running, patience_ms: number): Promise<void> {
  running.process.kill('SIGTERM')
  const force = setTimeout(() => running.process.kill('SIGKILL'), patience_ms)
  await running.ended
  clearTimeout(force)
}

/** What of a log line deserves the console: errors of the log's own format, and what Node prints when it dies. */
function complaintIn(line: string, is_error: boolean): string | undefined {
  if (line.startsWith('{')) {
    try {
      const entry: unknown = JSON.parse(line)
      if (typeof entry !== 'object' || entry === null || !('level' in entry)) return undefined
      // Names or numbers, as the logger is told to write them; 50 is an error.
      if (!['error', 'fatal'].includes(String(entry.level)) && !(Number(entry.level) >= 50)) return undefined
      const message = 'msg' in entry ? String(entry.msg) : 'error'
      const cause =
        'err' in entry && typeof entry.err === 'object' && entry.err && 'message' in entry.err
          ? `: ${entry.err.message}`
          : ''
      return message + cause
    } catch {
      return undefined
    }
  }
  return is_error &&
    line.trim() !== '' &&
    !/^\(node:\d+\)|^\(Use `node|^oidc-provider (WARNING|NOTICE)/.test(line)
    ? line
    : undefined
}
