import { assertMigrated } from '#infra/migrate.ts'
import { tablesOutsideTheWall } from '#infra/wall.ts'
import { type App, compose } from './compose.ts'
import { type Config, ConfigurationError, type Role } from './config.ts'

/** Running work gets this long to end when the process is told to stop; the launcher allows 5 s. */
const DRAIN_MS = 3_500

/** Starts the server in its roles and keeps it until SIGTERM, SIGINT, or the parent that started it is gone. */
export async function startServer(config: Config, roles: Role[]): Promise<void> {
  const app = await compose(config, { roles })
  const { log } = app
  const url = await begin(app, config)
  log.info({ event: 'server.ready', roles, listening: url }, 'server ready')
  process.send?.({ type: 'ready', url: config.public_origin })

  let stopping = false
  const stop = (reason: string) => {
    if (stopping) return
    stopping = true
    log.info({ event: 'server.stopping', reason }, 'server stopping')
    setTimeout(() => leave(0), DRAIN_MS + 1_000).unref()
    app.close(DRAIN_MS).then(
      () => leave(0),
      (err: unknown) => {
        log.error({ event: 'server.stop_failed', err }, 'server did not stop cleanly')
        leave(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('disconnect', () => stop('parent is gone'))
  // By SIGKILL: an exit that waits for a native thread would leave a process that neither serves nor ends.
  process.on('uncaughtException', (err) => {
    log.error({ event: 'server.crashed', err }, 'uncaught exception')
    process.kill(process.pid, 'SIGKILL')
  })
  process.on('unhandledRejection', (err) =>
    log.error({ event: 'server.unhandled', err }, 'unhandled rejection'),
  )
}

/**
 * With the parent gone nobody reads an exit code, and an exit that waits for a native thread would leave an orphan. The
 * parent's end may come as a signal first and as a closed channel a moment later: what counts is how it is by now.
 */
function leave(code: number): void {
  if (process.connected === false) process.kill(process.pid, 'SIGKILL')
  process.exit(code)
}

/** Listens first: a process that cannot is no worker either. What was opened is closed again when it fails. */
async function begin(app: App, config: Config): Promise<string | null> {
  try {
    await assertMigrated(app.pool)
    await assertWalled(app, config)
    const url = app.http ? await app.http.listen({ host: config.host, port: config.port }) : null
    await app.startWork()
    return url
  } catch (error) {
    await app.close(0)
    throw error
  }
}

/**
 * Row security does not bind an owner. On a laptop one role for everything will do; in production it will not.
 * @throws ConfigurationError
 */
export async function assertWalled(
  { pool, log }: Pick<App, 'pool' | 'log'>,
  { is_production }: Pick<Config, 'is_production'>,
): Promise<void> {
  const open = await tablesOutsideTheWall(pool)
  if (open.length === 0) return
  if (is_production)
    throw new ConfigurationError(
      'DATABASE_URL: row security does not bind its role, which owns the tables or bypasses it',
    )
  log.warn({ event: 'db.without_second_wall', tables: open.length }, 'row security does not bind this role')
}
