import type { FailureCode } from './protocol.ts'

/** The engine could not do an acceptable job: give the credit back, try again or tell the person to. */
export class EngineFailure extends Error {
  readonly code: FailureCode
  constructor(code: FailureCode, detail: string) {
    super(detail)
    this.name = 'EngineFailure'
    this.code = code
  }
}
