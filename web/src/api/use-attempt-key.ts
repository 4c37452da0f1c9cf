import { useRef } from 'react'
import { type Idempotency, idempotencyKey } from './client.ts'
import { ApiProblem } from './problem.ts'

/**
 * One key for one attempt of a person. A try after a lost connection carries the same key, so that the server does
 * not do it twice; after an answer, good or bad, the next try is a new attempt. `input` tells attempts apart.
 */
export function useAttemptKey(): <Result>(
  input: string,
  attempt: (headers: Idempotency) => Promise<Result>,
) => Promise<Result> {
  const current = useRef<{ input: string; headers: Idempotency } | null>(null)
  return async (input, attempt) => {
    if (current.current?.input !== input) current.current = { input, headers: idempotencyKey() }
    try {
      const result = await attempt(current.current.headers)
      current.current = null
      return result
    } catch (error) {
      if (error instanceof ApiProblem && error.status > 0 && error.status < 500) current.current = null
      throw error
    }
  }
}
