import { AsyncLocalStorage } from 'node:async_hooks'
import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

const request = new AsyncLocalStorage<{ request_id: string }>()

/** Fields that never reach a log line, wherever they stand in the object. */
export const REDACTED = [
  'password',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'code',
  'secret',
  'authorization',
  'cookie',
  'email',
  'phone',
  'name',
  'prompt',
  'address',
  'url',
  'database_url',
].flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/** JSON lines, UTC, one per request and per job. */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '[redacted]' },
      mixin: () => request.getStore() ?? {},
      formatters: { level: (label) => ({ level: label }) },
    },
    ...(options.destination ? [options.destination] : []),
  )
}

/** The request id goes along into every log line written meanwhile, also from a job that the request caused. */
export function withRequestId<T>(request_id: string, work: () => T): T {
  return request.run({ request_id }, work)
}

export function currentRequestId(): string | undefined {
  return request.getStore()?.request_id
}
