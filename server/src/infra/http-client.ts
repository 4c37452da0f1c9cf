import { assertNoTransaction } from './db.ts'

/** A named outcome of a call to an outside service; stored and shown by that name. */
export class OutsideFailure extends Error {
  readonly reason: 'timed_out' | 'unreachable' | 'refused' | 'broken_answer'
  readonly status: number | undefined

  constructor(
    reason: OutsideFailure['reason'],
    message: string,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'OutsideFailure'
    this.reason = reason
    this.status = options.status
  }
}

export type OutsideRequest = {
  url: string
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  timeout_ms: number
}

/**
 * One call to an outside service, never inside a transaction, never without a limit.
 * @throws OutsideFailure `timed_out`, `unreachable`; the caller judges the status
 */
export async function callOutside(
  request: OutsideRequest,
): Promise<{ status: number; text: string; headers: Headers }> {
  assertNoTransaction()
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'error',
      signal: AbortSignal.timeout(request.timeout_ms),
    })
    return { status: response.status, text: await response.text(), headers: response.headers }
  } catch (cause) {
    const timed_out = cause instanceof Error && cause.name === 'TimeoutError'
    throw new OutsideFailure(timed_out ? 'timed_out' : 'unreachable', 'outside service did not answer', {
      cause,
    })
  }
}
