import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { EngineFailure } from './failure.ts'
import type { EngineStep, FailureCode, FromChild, JobKind, Jobs, ToChild } from './protocol.ts'
import { EngineRefusal } from './refusal.ts'
import { residentBytes } from './resident-memory.ts'

/** The part of pino's logger that is used. */
export type EngineLogger = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

export type EngineOptions = {
  logger: EngineLogger
  /** Longest time one job may run, counted from its start, not from its queueing. */
  timeout_ms?: number
  /** A child that is larger than this after a job is replaced before the next one. */
  memory_bytes_max?: number
  /** A child that grows beyond this during a job is killed. */
  memory_bytes_limit?: number
  /** Another entry file; tests use one that misbehaves. */
  child_file?: string
}

export type JobOptions = { on_step?: (step: EngineStep) => void; timeout_ms?: number }

export type Engine = {
  /**
   * Queues a job; one runs at a time. @throws EngineRefusal for unsuitable input, EngineFailure when the engine
   * timed out, crashed, failed or was closed
   */
  run: <K extends JobKind>(
    kind: K,
    request: Jobs[K]['request'],
    options?: JobOptions,
  ) => Promise<Jobs[K]['answer']>
  status: () => { pid: number | null; queued: number; is_busy: boolean; rss_bytes: number }
  /** Ends the child within two seconds; what is queued or running fails with `engine_closed`. */
  close: () => Promise<void>
}

type Job = {
  message: ToChild
  options: JobOptions
  resolve: (answer: Jobs[JobKind]['answer']) => void
  reject: (error: Error) => void
  timers: NodeJS.Timeout[]
}

type State = {
  child: ChildProcess | null
  running: Job | null
  queue: Job[]
  next_id: number
  is_closed: boolean
  rss_bytes: number
  /** The end of what the child wrote to stderr: said in the log when it dies. */
  last_words: string
}

const megabyte = 1024 * 1024

/** The child itself starts with the first job. */
export function startEngine(options: EngineOptions): Engine {
  const state: State = {
    child: null,
    running: null,
    queue: [],
    next_id: 1,
    is_closed: false,
    rss_bytes: 0,
    last_words: '',
  }
  const run: Engine['run'] = (kind, request, jobOptions = {}) => {
    const answer = new Promise<Jobs[JobKind]['answer']>((resolve, reject) => {
      if (state.is_closed) {
        reject(new EngineFailure('engine_closed', 'the engine is closed'))
        return
      }
      // Safe: kind and request belong together by the signature of `run`.
      const message = { id: state.next_id++, kind, request } as ToChild
      state.queue.push({ message, options: jobOptions, resolve, reject, timers: [] })
      startNext(state, options)
    })
    // Safe: the child answers a job of kind K with K's answer (protocol.ts).
    return answer as Promise<Jobs[typeof kind]['answer']>
  }
  return {
    run,
    status: () => ({
      pid: state.child?.pid ?? null,
      queued: state.queue.length,
      is_busy: state.running !== null,
      rss_bytes: state.rss_bytes,
    }),
    close: () => close(state),
  }
}

function startNext(state: State, options: EngineOptions): void {
  if (state.running !== null || state.is_closed) return
  const job = state.queue.shift()
  if (job === undefined) return
  state.running = job
  const child = state.child ?? startChild(state, options)
  const timeout = job.options.timeout_ms ?? options.timeout_ms ?? 60_000
  job.timers.push(
    setTimeout(() => stopJob(state, options, 'engine_timed_out', `no answer in ${timeout} ms`), timeout),
  )
  job.timers.push(setInterval(() => watchMemory(state, options), 1000))
  child.send(job.message, (error) => {
    // A child that died between two jobs: its exit event reports it, this only keeps the error from being thrown.
    if (error !== null)
      options.logger.warn({ event: 'studio.engine_send_failed', err: error }, 'engine message not sent')
  })
}

function startChild(state: State, options: EngineOptions): ChildProcess {
  const file = options.child_file ?? fileURLToPath(new URL('./child.ts', import.meta.url))
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--max-old-space-size=512', '--max-semi-space-size=8'],
  })
  state.child = child
  state.last_words = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    state.last_words = (state.last_words + chunk.toString('utf8')).slice(-4000)
  })
  child.on('message', (message: FromChild) => {
    if (state.child === child) receive(state, options, message)
  })
  child.on('error', (error) =>
    options.logger.error({ event: 'studio.engine_error', err: error }, 'engine process error'),
  )
  child.on('exit', (code, signal) => {
    if (state.child !== child) return
    state.child = null
    if (state.is_closed) return
    const fields = { event: 'studio.engine_exited', exit_code: code, signal, last_words: state.last_words }
    options.logger.error(fields, 'engine process ended unexpectedly')
    finish(state, options, (job) =>
      job.reject(new EngineFailure('engine_crashed', `the engine process ended (${signal ?? code})`)),
    )
  })
  options.logger.info({ event: 'studio.engine_started', pid: child.pid }, 'engine process started')
  return child
}

function receive(state: State, options: EngineOptions, message: FromChild): void {
  if ('rss_bytes' in message) state.rss_bytes = message.rss_bytes
  if (message.type === 'ready' || state.running?.message.id !== message.id) return
  switch (message.type) {
    case 'step':
      state.running.options.on_step?.(message.step)
      return
    case 'done':
      finish(state, options, (job) => job.resolve(message.answer))
      return
    case 'refused':
      finish(state, options, (job) => job.reject(new EngineRefusal(message.code, message.measured)))
      return
    case 'failed':
      options.logger.error(
        { event: 'studio.engine_job_failed', detail: message.message },
        'engine job failed',
      )
      finish(state, options, (job) =>
        job.reject(new EngineFailure('engine_failed', 'the engine met an unexpected error')),
      )
  }
}

/** Settles the running job, replaces a child that has grown too large, goes on with the queue. */
function finish(state: State, options: EngineOptions, settle: (job: Job) => void): void {
  const job = state.running
  state.running = null
  if (job !== null) {
    for (const timer of job.timers) clearTimeout(timer)
    settle(job)
  }
  const limit = options.memory_bytes_max ?? 700 * megabyte
  if (state.child !== null && state.rss_bytes > limit) {
    options.logger.info(
      { event: 'studio.engine_recycled', rss_bytes: state.rss_bytes },
      'engine process replaced',
    )
    discardChild(state)
  }
  startNext(state, options)
}

function stopJob(state: State, options: EngineOptions, code: FailureCode, detail: string): void {
  options.logger.error({ event: 'studio.engine_stopped', code, detail }, 'engine process killed')
  discardChild(state)
  finish(state, options, (job) => job.reject(new EngineFailure(code, detail)))
}

function watchMemory(state: State, options: EngineOptions): void {
  const pid = state.child?.pid
  const bytes = pid === undefined ? null : residentBytes(pid)
  if (bytes === null) return
  state.rss_bytes = bytes
  const limit = options.memory_bytes_limit ?? 1200 * megabyte
  if (bytes > limit)
    stopJob(state, options, 'engine_crashed', `the engine process took ${bytes} bytes of memory`)
}

/** Kills the child without treating its end as a crash. */
function discardChild(state: State): void {
  const { child } = state
  state.child = null
  state.rss_bytes = 0
  child?.kill('SIGKILL')
}

async function close(state: State): Promise<void> {
  if (state.is_closed) return
  state.is_closed = true
  const jobs = [...(state.running === null ? [] : [state.running]), ...state.queue]
  state.running = null
  state.queue = []
  for (const job of jobs) {
    for (const timer of job.timers) clearTimeout(timer)
    job.reject(new EngineFailure('engine_closed', 'the engine was closed'))
  }
  const { child } = state
  state.child = null
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.disconnect()
  // An idle child ends at once; one in the middle of a computation does not hear, and nobody waits for its answer.
  const force = setTimeout(() => child.kill('SIGKILL'), 500)
  await ended
  clearTimeout(force)
}
