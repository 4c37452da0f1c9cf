import type { Point } from './types.ts'

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}

export function lerp(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

/** 0 below `low`, 1 above `high`, an S-curve between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low), 0, 1)
  return t * t * (3 - 2 * t)
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

export function mixPoints(a: Point, b: Point, share: number): Point {
  return { x: lerp(a.x, b.x, share), y: lerp(a.y, b.y, share) }
}

/** The value below which `share` (0..1) of the numbers lie; 0 for an empty list. */
export function quantile(values: readonly number[] | Float32Array, share: number): number {
  if (values.length === 0) return 0
  const sorted = Float64Array.from(values).sort()
  return sorted[clamp(Math.floor(sorted.length * share), 0, sorted.length - 1)] ?? 0
}

/** A seeded generator of numbers 0..1 (mulberry32): the same seed gives the same picture. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
