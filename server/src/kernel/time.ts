/** Business time. Handed in, so that a test can hold the clock still. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

export function after(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms)
}

/** RFC 3339, UTC with `Z` (contract 0.4 `Time`). */
export function timeToWire(time: Date): string {
  return time.toISOString()
}
