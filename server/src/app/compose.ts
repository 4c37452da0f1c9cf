import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { cookieSessions } from '#domains/identity/routes.ts'
import { broadcast, hearBroadcasts, SocketHub } from '#domains/notifications/public.ts'
import { createEmbeddedProvider, type ImageProvider } from '#domains/studio/public.ts'
import { openBlobs } from '#infra/blobs-open.ts'
import { connect } from '#infra/db.ts'
import type { LimitClass } from '#infra/http.ts'
import { startJobs } from '#infra/jobs.ts'
import { createLogger, type Logger } from '#infra/log.ts'
import { openMail } from '#infra/mail-open.ts'
import { type StoredEvent, startOutbox } from '#infra/outbox.ts'
import { createRateLimiter } from '#infra/rate-limit.ts'
import { openSharedState } from '#infra/shared-state-open.ts'
import { type Clock, systemClock } from '#kernel/time.ts'
import type { Config, Role } from './config.ts'
import { LIMITS, type LimitRule } from './http/limits.ts'
import { createHttp } from './http.ts'
import { apiRoutes, rootRoutes } from './routes.ts'
import { composeSlices, type Parts } from './slices.ts'
import { listeners, schedule, workers } from './work.ts'

export type ComposeOptions = {
  roles: Role[]
  clock?: Clock
  log?: Logger
  limits?: Record<LimitClass, LimitRule[]>
  provider?: ImageProvider
}

export type App = Awaited<ReturnType<typeof compose>>

const WEB_FOLDER = new URL('../../../web/dist/', import.meta.url)
const JOBS_POOL = 6

/** Builds every dependency once. Nothing listens or works yet: `http.listen` and `startWork` do that. */
export async function compose(config: Config, options: ComposeOptions) {
  const log = options.log ?? createLogger({ level: config.log_level })
  const clock = options.clock ?? systemClock
  const has = (role: Role) => options.roles.includes(role)
  const {
    pool,
    db,
    close: closePool,
  } = connect(
    { url: config.database.url, pool_size: config.database.pool_size, application_name: 'leema' },
    log,
  )
  const shared = await openSharedState({ redis_url: config.redis_url, pool, log })
  const blobs = await openBlobs({ s3: config.s3, data_folder: config.data_folder })
  const mail = openMail({ smtp_url: config.smtp_url, from: config.mail_from })
  const jobs = await startJobs(
    { url: config.database.url, supervise: has('scheduler'), pool_size: JOBS_POOL },
    log,
  )
  const limiter = createRateLimiter({ shared, log, clock })
  const hub = new SocketHub()
  const infra = { config, log, clock, pool, db, shared, blobs, mail, jobs, limiter, hub }
  const slices = await composeSlices(infra)
  const state = { stopping: false }
  const provider = has('worker') ? (options.provider ?? createEmbeddedProvider(log)) : null
  const parts = { ...infra, ...slices, isStopping: () => state.stopping }
  const http = has('api') || has('realtime') ? await openHttp(parts, options) : null
  const stopHearing = has('realtime') ? await hearBroadcasts(shared, hub) : null
  let outbox: { stop: () => Promise<void> } | null = null

  return {
    ...parts,
    http,
    /** Begins what these roles do in the background. */
    startWork: async () => {
      if (has('worker')) {
        const send = (event: StoredEvent) => broadcast(shared, event)
        outbox = startOutbox({ db, pool, log, listeners: listeners(parts), broadcast: send })
      }
      if (has('scheduler')) await jobs.schedule(schedule)
      if (provider) await jobs.work(workers({ ...parts, provider }))
    },
    /** Stops taking work, lets running work end for `drain_ms`, then closes everything. */
    close: async (drain_ms = 1_000) => {
      state.stopping = true
      const closing = http?.close() ?? Promise.resolve()
      await Promise.all([
        Promise.race([closing, pause(drain_ms)]),
        outbox?.stop(),
        provider?.close(),
        jobs.stop(drain_ms),
        slices.viewCounter.stop(),
        mail.close(),
      ])
      await stopHearing?.()
      await shared.close()
      blobs.close()
      await closePool()
    },
  }
}

function openHttp(parts: Parts, options: ComposeOptions): Promise<FastifyInstance> {
  return createHttp({
    ...parts,
    limits: options.limits ?? LIMITS,
    authenticate: parts.authenticate,
    cookies: cookieSessions(parts.config),
    api_routes: apiRoutes(parts),
    root_routes: rootRoutes(parts, options.roles),
    web_folder: WEB_FOLDER,
  })
}
