import { type Clock, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import type { Logger } from './log.ts'
import { countHit, type HitWindow, hitOf, rollWindow } from './rate-limit-window.ts'
import type { Hit, SharedState } from './shared-state.ts'

export type RateRule = { key: string; limit: number; window_ms: number }

export type RateDecision = {
  allowed: boolean
  /** Whole seconds after which a refused caller may come again; 0 when allowed. */
  retry_after_s: number
  /** `RateLimit-*` of the rule that is nearest to its limit, and `Retry-After` when refused. */
  headers: Record<string, string>
}

export type RateLimiter = {
  /**
   * Counts one hit against each rule, in their order, and stops at the first that refuses: a caller whose address
   * is exhausted cannot use up the account of somebody else. Never throws and never waits long: while the shared
   * state is away this process counts alone, with the same limits.
   */
  consume(rules: RateRule[]): Promise<RateDecision>
}

/** After a failure one request a second tries the store, so that its time-outs do not slow down all of them. */
const REST_MS = SECOND_MS
/** About 100 bytes each. When full, the oldest are forgotten first. */
const KEYS_MAX = 100_000

export function createRateLimiter(deps: { shared: SharedState; log: Logger; clock: Clock }): RateLimiter {
  const now = () => deps.clock.now().getTime()
  const alone = new Map<string, HitWindow>()
  /** First level: a refusal holds until its time is over whatever happens, so the store need not be asked again. */
  const refused_until = new Map<string, number>()
  let failing = false
  let try_again_at = 0
  let logged_at = Number.NEGATIVE_INFINITY

  async function hit(rule: RateRule): Promise<Hit> {
    const left_ms = (refused_until.get(rule.key) ?? 0) - now()
    if (left_ms > 0) return { allowed: false, remaining: 0, reset_ms: Math.min(left_ms, rule.window_ms) }
    const answer = await (failing && now() < try_again_at ? hitAlone(rule) : hitShared(rule))
    if (!answer.allowed) remember(refused_until, rule.key, now() + answer.reset_ms)
    return answer
  }

  async function hitShared(rule: RateRule): Promise<Hit> {
    // Taken before the answer: while this request waits for it, the others do not.
    try_again_at = now() + REST_MS
    try {
      const answer = await deps.shared.hit(rule.key, rule.limit, rule.window_ms)
      failing = false
      return answer
    } catch (err) {
      failing = true
      if (now() - logged_at >= MINUTE_MS) {
        logged_at = now()
        deps.log.warn({ event: 'rate_limit.alone', err }, 'shared state is away, this process counts alone')
      }
      return hitAlone(rule)
    }
  }

  function hitAlone(rule: RateRule): Hit {
    const now_ms = now()
    const { limit, window_ms } = rule
    const counted = countHit(rollWindow(alone.get(rule.key), now_ms, window_ms), limit, window_ms, now_ms)
    remember(alone, rule.key, counted.window)
    return hitOf(counted.allowed, counted.window, { limit, window_ms, now_ms })
  }

  return {
    async consume(rules) {
      const answers: Answer[] = []
      for (const rule of rules) {
        const answer = { rule, hit: await hit(rule) }
        if (!answer.hit.allowed) return decisionOf(answer)
        answers.push(answer)
      }
      return decisionOf(tightest(answers))
    },
  }
}

type Answer = { rule: RateRule; hit: Hit }

function tightest(answers: Answer[]): Answer | undefined {
  return answers.toSorted((a, b) => a.hit.remaining - b.hit.remaining || b.hit.reset_ms - a.hit.reset_ms)[0]
}

function decisionOf(answer: Answer | undefined): RateDecision {
  if (!answer) return { allowed: true, retry_after_s: 0, headers: {} }
  const { rule, hit } = answer
  const reset_s = Math.ceil(hit.reset_ms / SECOND_MS)
  const headers = {
    'ratelimit-limit': String(rule.limit),
    'ratelimit-remaining': String(hit.remaining),
    'ratelimit-reset': String(reset_s),
  }
  if (hit.allowed) return { allowed: true, retry_after_s: 0, headers }
  return { allowed: false, retry_after_s: reset_s, headers: { ...headers, 'retry-after': String(reset_s) } }
}

/** Keeps the most recently used keys last, and forgets from the front. */
function remember<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key)
  kept.set(key, value)
  if (kept.size <= KEYS_MAX) return
  const oldest = kept.keys().next()
  if (!oldest.done) kept.delete(oldest.value)
}
