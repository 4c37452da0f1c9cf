import type { LocalizedText } from './locale.ts'

/** One wrong input field. `field` is a JSON path such as `items.0.quantity`. */
export type FieldError = { field: string; code: string; message: LocalizedText }

export type ProblemInput = {
  status: number
  /** Stable, machine-readable, part of the contract (contract 0.5). */
  code: string
  /** Never varies with the request. English, for developers. */
  title: string
  /** For the caller's eyes, in each of the platform's languages. */
  detail: LocalizedText
  /** Members that the contract adds for this code, e.g. `shortfall`. */
  extra?: Record<string, unknown>
  errors?: FieldError[]
  /** Seconds after which the caller may try again; becomes `Retry-After`. */
  retry_after_s?: number
}

/** An expected refusal. Anything else that is thrown is a bug and answers a bare 500. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: LocalizedText
  readonly extra: Record<string, unknown>
  readonly errors: FieldError[]
  readonly retry_after_s: number | undefined

  constructor(input: ProblemInput) {
    super(`${input.status} ${input.code}: ${input.detail.en}`)
    this.name = 'Problem'
    this.status = input.status
    this.code = input.code
    this.title = input.title
    this.detail = input.detail
    this.extra = input.extra ?? {}
    this.errors = input.errors ?? []
    this.retry_after_s = input.retry_after_s
  }
}

/** 422 for input that a schema cannot describe (cross-field rules, decimals of money, dead references). */
export function validationFailed(errors: FieldError[]): Problem {
  return new Problem({
    status: 422,
    code: 'validation_failed',
    title: 'The input is not valid',
    detail: {
      ru: 'Проверьте введённые данные',
      kk: 'Енгізілген деректерді тексеріңіз',
      en: 'Please check the input',
    },
    errors,
  })
}

/** 404, also for another account's private object: its existence is never revealed (contract 0.5). */
export function notFound(): Problem {
  return new Problem({
    status: 404,
    code: 'not_found',
    title: 'Not found',
    detail: { ru: 'Не найдено', kk: 'Табылмады', en: 'Not found' },
  })
}

/** 409: the object is not in a state in which this can be done. */
export function invalidState(detail: LocalizedText, extra: Record<string, unknown> = {}): Problem {
  return new Problem({
    status: 409,
    code: 'invalid_state',
    title: 'Not possible in this state',
    detail,
    extra,
  })
}
