import { AsyncLocalStorage } from 'node:async_hooks'
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

export type { Logger } from 'pino'

const request = new AsyncLocalStorage<{ request_id: string }>()

/** Fields that never reach a log line, wherever they stand in the object. */
const REDACTED = [
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
      serializers: { err: serializeError },
      redact: { paths: REDACTED, censor: '[redacted]' },
      // A copy: the fields of the line are put into what is returned here.
      mixin: () => ({ ...request.getStore() }),
      formatters: { level: (label) => ({ level: label }) },
    },
    ...(options.destination ? [options.destination] : []),
  )
}

/** SQLSTATE class 22: the message of the database repeats the value that it could not take. */
const REFUSED_VALUE = /^22[0-9A-Z]{3}$/
/** What may be said of an error besides its message. The database also tells the rows and parameters at fault. */
const TOLD = ['constraint', 'table', 'schema', 'routine', 'reason', 'status', 'syscall'] as const

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error
  const { type, message, stack } = stdSerializers.err(error)
  const facts: Record<string, unknown> = { ...error }
  const state = typeof facts.code === 'string' ? facts.code : undefined
  const is_value = REFUSED_VALUE.test(state ?? '') && 'severity' in error
  return {
    type,
    message: is_value ? 'the database refused a value' : message,
    stack: is_value ? stack.slice(Math.max(0, stack.indexOf('\n    at '))) : stack,
    ...(state === undefined ? {} : { state }),
    ...Object.fromEntries(TOLD.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]]))),
  }
}

/** The request id goes along into every log line written meanwhile, also from a job that the request caused. */
export function withRequestId<T>(request_id: string, work: () => T): T {
  return request.run({ request_id }, work)
}

export function currentRequestId(): string | undefined {
  return request.getStore()?.request_id
}
