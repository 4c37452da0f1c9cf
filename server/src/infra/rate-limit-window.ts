import type { Hit } from './shared-state.ts'

/**
 * Sliding-window counter: the hits of the running window, plus those of the window before it in the share
 * that still lies within the last `window_ms`. Two integers per key, whatever the limit.
 */
export type HitWindow = { started_ms: number; current: number; previous: number }

/** The window as it stands at `now_ms`; a clock that runs backwards changes nothing. */
export function rollWindow(window: HitWindow | undefined, now_ms: number, window_ms: number): HitWindow {
  if (!window || now_ms >= window.started_ms + 2 * window_ms)
    return { started_ms: now_ms, current: 0, previous: 0 }
  if (now_ms < window.started_ms + window_ms) return window
  return { started_ms: window.started_ms + window_ms, current: 0, previous: window.current }
}

/** Counts one hit in a window that `rollWindow` brought up to date. */
export function countHit(window: HitWindow, limit: number, window_ms: number, now_ms: number) {
  const allowed = hitsLeft(window, limit, window_ms, now_ms) > 0
  return { allowed, window: allowed ? { ...window, current: window.current + 1 } : window }
}

/** The answer for a hit, from the window as it is after the hit. */
export function hitOf(
  allowed: boolean,
  window: HitWindow,
  rule: { limit: number; window_ms: number; now_ms: number },
): Hit {
  const { limit, window_ms, now_ms } = rule
  const elapsed_ms = elapsed(window, window_ms, now_ms)
  const reset_ms = allowed ? window_ms - elapsed_ms : untilAllowed(window, limit, window_ms) - elapsed_ms
  const remaining = allowed ? hitsLeft(window, limit, window_ms, now_ms) : 0
  return { allowed, remaining, reset_ms: Math.max(1, Math.ceil(reset_ms)) }
}

/** A hit is allowed while `current < limit` and `current + share of previous <= limit`; the drivers count by the same rule. */
function hitsLeft(window: HitWindow, limit: number, window_ms: number, now_ms: number): number {
  // Multiplied by the window, so that whole milliseconds stay whole numbers.
  const room =
    (limit - window.current) * window_ms - window.previous * (window_ms - elapsed(window, window_ms, now_ms))
  return Math.max(0, Math.min(limit - window.current, Math.floor(room / window_ms) + 1))
}

/** Milliseconds after the start of the window at which a refused caller may come again. */
function untilAllowed(window: HitWindow, limit: number, window_ms: number): number {
  if (window.current < limit) return window_ms - ((limit - window.current) * window_ms) / window.previous
  return window_ms + Math.max(0, window_ms - (limit * window_ms) / window.current)
}

function elapsed(window: HitWindow, window_ms: number, now_ms: number): number {
  return Math.min(Math.max(0, now_ms - window.started_ms), window_ms)
}
