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

/** Only what can heal by itself is tried again: no answer, and failures inside the server. */
export function canHeal(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
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
