export type FieldProblem = { field: string; code: string; message: string }

/** An answer of the server that is not a success (contract 0.5), or `network` when there was no answer. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string | null
  readonly errors: FieldProblem[]
  readonly request_id: string | null
  readonly retry_after_s: number | null
  /** Members that the contract adds for this code, such as `shortfall`. */
  readonly extra: Record<string, unknown>

  constructor(status: number, body: unknown, retry_after_s: number | null = null) {
    const members: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
    const code = text(members.code) ?? (status === 0 ? 'network' : 'unknown')
    super(`${status} ${code}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.detail = text(members.detail)
    this.request_id = text(members.request_id)
    this.errors = Array.isArray(members.errors) ? members.errors.filter(isFieldProblem) : []
    this.retry_after_s = retry_after_s
    this.extra = members
  }
}

/** Message of the first error about `field`, for showing under the input. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined
  return error.errors.find((problem) => problem.field === field)?.message
}

const HEALING_TRIES_MAX = 2
/** A reader waits this long without being told why. */
const SILENT_WAIT_MAX_S = 10

/** Whether a read that has failed `tries` times before is worth another try. */
export function mayReadAgain(tries: number, error: unknown): boolean {
  const wait_s = waitOf(error)
  if (wait_s === null) return tries < HEALING_TRIES_MAX && canHeal(error)
  return tries < 1 && wait_s <= SILENT_WAIT_MAX_S
}

/** No answer, and failures inside the server. */
function canHeal(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
}

/** How long before the next try: as long as the server says, else a growing pause. */
export function pauseBeforeReading(tries: number, error: unknown): number {
  const wait_s = waitOf(error)
  return wait_s === null ? Math.min(1_000 * 2 ** tries, 30_000) : wait_s * 1_000
}

/** For too many requests and an overloaded server (`Retry-After`). */
function waitOf(error: unknown): number | null {
  return error instanceof ApiProblem && (error.status === 429 || error.status >= 500)
    ? error.retry_after_s
    : null
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 ? value : null
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    typeof value.field === 'string' &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}
