import type { RateLimiter } from '#infra/rate-limit.ts'
import { hashSecret } from '#kernel/id.ts'
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { tooManyTries } from './problems.ts'

/**
 * Limits by account, on top of those by address that the edge applies: guesses spread over many addresses still meet
 * here (contract 7.1, readiness rows ). Right and wrong tries count alike, so the answer betrays nothing.
 */
const LIMITS = {
  login: [
    { limit: 5, window_ms: MINUTE_MS },
    { limit: 60, window_ms: HOUR_MS },
  ],
  password: [{ limit: 5, window_ms: MINUTE_MS }],
  second_factor: [
    { limit: 5, window_ms: MINUTE_MS },
    { limit: 30, window_ms: HOUR_MS },
  ],
  pre_auth: [{ limit: 5, window_ms: 5 * MINUTE_MS }],
  mail: [
    { limit: 3, window_ms: MINUTE_MS },
    { limit: 10, window_ms: HOUR_MS },
  ],
} as const

/**
 * Counts one try. `subject` may be an address or an id; only its hash becomes a key.
 * @throws rate_limited (429)
 */
export async function limitTries(
  deps: { limiter: RateLimiter },
  kind: keyof typeof LIMITS,
  subject: string | number,
): Promise<void> {
  const rules = LIMITS[kind].map(({ limit, window_ms }) => ({
    key: `identity:${kind}:${window_ms}:${hashSecret(String(subject))}`,
    limit,
    window_ms,
  }))
  const decision = await deps.limiter.consume(rules)
  if (!decision.allowed) throw tooManyTries(decision.retry_after_s)
}

/** Answers no sooner than `ms`, also when refused: what was done inside cannot be told from the time (readiness row A-05). */
export async function noSoonerThan<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const floor = new Promise((resolve) => setTimeout(resolve, ms))
  try {
    return await work()
  } finally {
    await floor
  }
}
