import { expect, test } from 'vitest'
import { countHit, type HitWindow, hitOf, rollWindow } from './rate-limit-window.ts'

const MINUTE = 60_000

/** Plays hits at the given milliseconds and returns the answers. */
function play(times_ms: number[], limit: number, window_ms = MINUTE) {
  let window: HitWindow | undefined
  return times_ms.map((now_ms) => {
    const counted = countHit(rollWindow(window, now_ms, window_ms), limit, window_ms, now_ms)
    window = counted.window
    return hitOf(counted.allowed, counted.window, { limit, window_ms, now_ms })
  })
}

test('five per minute: the sixth is refused until the minute is over, and not a moment longer', () => {
  const answers = play([0, 10, 20, 30, 40, 50], 5)
  expect(answers.map((a) => a.allowed)).toEqual([true, true, true, true, true, false])
  expect(answers.map((a) => a.remaining)).toEqual([4, 3, 2, 1, 0, 0])
  expect(answers[5]).toEqual({ allowed: false, remaining: 0, reset_ms: 59_950 })
  expect(play([0, 10, 20, 30, 40, 50, 50 + 59_950], 5).at(-1)?.allowed).toBe(true)
  expect(play([0, 10, 20, 30, 40, 50, 50 + 59_949], 5).at(-1)?.allowed).toBe(false)
})

test('refused hits do not extend the wait', () => {
  const hammering = Array.from({ length: 5_000 }, (_, i) => 50 + i * 10)
  expect(play([0, 10, 20, 30, 40, ...hammering, 60_000], 5).at(-1)?.allowed).toBe(true)
})

test('at the turn of a window the hits of the last minute still count', () => {
  const start = [0, 59_900, 59_910, 59_920, 59_930]
  const answers = play([...start, 60_000, 60_001], 5)
  expect(answers.map((a) => a.allowed)).toEqual([true, true, true, true, true, true, false])
  // 5 x (60 s - e) / 60 s may be 4 at most: one fifth of the window.
  expect(answers.at(-1)).toEqual({ allowed: false, remaining: 0, reset_ms: 11_999 })
})

test('whatever the pattern, coming back after reset_ms always succeeds', () => {
  for (const limit of [1, 2, 3, 7, 20]) {
    for (const step of [1, 37, 900, 2_999, 7_001]) {
      let window: HitWindow | undefined
      let now_ms = 1_700_000_000_123
      for (let i = 0; i < 200; i += 1) {
        const counted = countHit(rollWindow(window, now_ms, MINUTE), limit, MINUTE, now_ms)
        window = counted.window
        const hit = hitOf(counted.allowed, window, { limit, window_ms: MINUTE, now_ms })
        expect(hit.reset_ms).toBeLessThanOrEqual(MINUTE)
        if (!hit.allowed) {
          const later = now_ms + hit.reset_ms
          expect(countHit(rollWindow(window, later, MINUTE), limit, MINUTE, later).allowed).toBe(true)
        }
        now_ms += step
      }
    }
  }
})

test('a clock that jumps back opens no gate', () => {
  const answers = play([100_000, 100_001, 40_000, 40_001], 2)
  expect(answers.map((a) => a.allowed)).toEqual([true, true, false, false])
})

test('two idle windows forget everything', () => {
  expect(play([0, 1, 2, 3 * MINUTE], 3).at(-1)).toEqual({ allowed: true, remaining: 2, reset_ms: MINUTE })
})
