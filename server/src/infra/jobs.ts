import { fromKysely, PgBoss } from 'pg-boss'
import type { JsonObject } from '../kernel/json.ts'
import type { Tx } from './db.ts'
import type { Logger } from './log.ts'
import { currentRequestId, withRequestId } from './log.ts'
import { asSystem } from './wall.ts'

export type JobOptions = {
  /** Tries after the first one. */
  retry_limit: number
  /** First pause; doubles with each try when `retry_backoff`. */
  retry_delay_s: number
  retry_backoff?: boolean
  retry_delay_max_s?: number
  /** A job that runs longer is taken for dead. */
  expire_s: number
  /** A worker that shows no life for this long is taken for dead and its job goes to another (10 s at least). */
  heartbeat_s?: number
  /** Kept this long after its end, for questions. */
  keep_s?: number
}

/** A kind of job: declared by its slice, known by name to the queue. `_data` only carries the type. */
export type JobKind<Data extends JsonObject> = { name: string; options: JobOptions; readonly _data?: Data }

/** What a handler is told. `attempt` counts from 0. */
export type JobRun<Data> = {
  id: string
  data: Data
  attempt: number
  is_last_attempt: boolean
  signal: AbortSignal
}

export type JobHandler<Data> = (run: JobRun<Data>) => Promise<void>

export type Worker = { kind: JobKind<JsonObject>; concurrency: number; handle: JobHandler<JsonObject> }

export type Recurring = { kind: JobKind<JsonObject>; cron: string }

export function defineJob<Data extends JsonObject>(name: string, options: JobOptions): JobKind<Data> {
  return { name, options }
}

/** Pairs a kind with its handler. The queue hands back what `enqueue` was given, so the data type is the kind's. */
export function worker<Data extends JsonObject>(
  kind: JobKind<Data>,
  concurrency: number,
  handle: JobHandler<Data>,
): Worker {
  // The data column holds what `enqueue` wrote for this kind; JSON carries no type of its own.
  return {
    kind: kind as JobKind<JsonObject>,
    concurrency,
    handle: handle as unknown as JobHandler<JsonObject>,
  }
}

export type EnqueueOptions = {
  start_after_s?: number
  priority?: number
  /** At most one waiting job with this key. */
  singleton_key?: string
}

/** Jobs live in Postgres and are enqueued in the caller's transaction: the change and the job exist both or neither. */
export type Jobs = {
  enqueue<Data extends JsonObject>(
    tx: Tx,
    kind: JobKind<Data>,
    data: Data,
    options?: EnqueueOptions,
  ): Promise<void>
  /** Starts taking jobs. Returns when the workers listen. */
  work(workers: Worker[]): Promise<void>
  schedule(recurring: Recurring[]): Promise<void>
  /** Stops taking jobs; running ones get `timeout_ms`, then their heartbeat ends and another worker takes them. */
  stop(timeout_ms: number): Promise<void>
}

export type JobsOptions = {
  url: string
  /** True in the process that runs timers and rescues jobs of dead workers. */
  supervise: boolean
  pool_size: number
}

/** @throws Error when the queue's schema is missing: `installJobs` belongs to the migration step */
export async function startJobs(options: JobsOptions, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: 'leema-jobs',
    max: options.pool_size,
    migrate: false,
    createSchema: false,
    supervise: options.supervise,
    schedule: options.supervise,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: 300,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 5,
    useListenNotify: true,
    reindex: false,
  })
  boss.on('error', (err) => log.error({ err, event: 'jobs.error' }, 'job queue error'))
  await boss.start()
  return {
    enqueue: async (tx, kind, data, enqueueOptions = {}) => {
      await boss.send(
        kind.name,
        { data, request_id: currentRequestId() ?? null },
        sendOptions(tx, enqueueOptions),
      )
    },
    work: (workers) => startWorkers(boss, workers, log),
    schedule: async (recurring) => {
      for (const { kind, cron } of recurring)
        await boss.schedule(kind.name, cron, { data: {}, request_id: null })
    },
    stop: (timeout_ms) => boss.stop({ graceful: true, timeout: timeout_ms, close: true }),
  }
}

/** Creates the queue's schema and one queue per kind. Run by the owner, as part of migrating. */
export async function installJobs(owner_url: string, kinds: JobKind<JsonObject>[]): Promise<void> {
  const boss = new PgBoss({ connectionString: owner_url, supervise: false, schedule: false, max: 2 })
  boss.on('error', () => undefined)
  await boss.start()
  for (const { name, options } of kinds) {
    const queue = {
      retryLimit: options.retry_limit,
      retryDelay: options.retry_delay_s,
      retryBackoff: options.retry_backoff ?? false,
      ...(options.retry_delay_max_s === undefined ? {} : { retryDelayMax: options.retry_delay_max_s }),
      expireInSeconds: options.expire_s,
      ...(options.heartbeat_s === undefined ? {} : { heartbeatSeconds: options.heartbeat_s }),
      deleteAfterSeconds: options.keep_s ?? 86_400,
    }
    if (await boss.getQueue(name)) await boss.updateQueue(name, queue)
    else await boss.createQueue(name, queue)
  }
  await boss.stop({ graceful: false, close: true })
}

function sendOptions(tx: Tx, options: EnqueueOptions) {
  return {
    db: fromKysely(tx),
    ...(options.start_after_s === undefined ? {} : { startAfter: options.start_after_s }),
    ...(options.priority === undefined ? {} : { priority: options.priority }),
    ...(options.singleton_key === undefined ? {} : { singletonKey: options.singleton_key }),
  }
}

type Envelope = { data: JsonObject; request_id: string | null }

async function startWorkers(boss: PgBoss, workers: Worker[], log: Logger): Promise<void> {
  for (const { kind, concurrency, handle } of workers) {
    const options = {
      includeMetadata: true as const,
      batchSize: 1,
      localConcurrency: concurrency,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 2,
      burstWhenBatchFull: true,
    }
    await boss.work<Envelope, void, typeof options>(kind.name, options, async (jobs) => {
      for (const job of jobs) {
        const run = {
          id: job.id,
          data: job.data?.data ?? {},
          attempt: job.retryCount,
          is_last_attempt: job.retryCount >= job.retryLimit,
          signal: job.signal,
        }
        await withRequestId(job.data?.request_id ?? `job-${job.id}`, () =>
          runLogged(kind.name, handle, run, log),
        )
      }
    })
  }
}

async function runLogged(
  name: string,
  handle: JobHandler<JsonObject>,
  run: JobRun<JsonObject>,
  log: Logger,
): Promise<void> {
  const started = performance.now()
  const fields = { job: name, job_id: run.id, attempt: run.attempt }
  try {
    // A job is the platform's own work: it serves all accounts, and nobody waits behind it.
    await asSystem(() => handle(run))
    const ms = Math.round(performance.now() - started)
    log.info({ event: 'jobs.done', ...fields, ms }, 'job done')
  } catch (err) {
    const level = run.is_last_attempt ? 'error' : 'warn'
    log[level]({ event: 'jobs.failed', ...fields, err }, 'job failed')
    throw err
  }
}
