import { type Curve, type Knot, spline } from '../geometry/curve.ts'
import type { Drape } from '../geometry/drawing.ts'
import type { Random } from './folds.ts'

export type SkirtMeasures = {
  readonly waistY: number
  readonly hemY: number
  readonly waistHalf: number
  readonly hipHalf: number
  readonly hemHalf: number
  /** Number of hanging folds across. */
  readonly folds: number
  /** Height of the folds at the hem, units. */
  readonly depth: number
  /** Sharp pressed pleats instead of soft folds. */
  readonly isPleated: boolean
}

export type SkirtShape = {
  /** From the waist corner down to the hem corner. */
  readonly sideRight: Curve
  /** Left to right; waves like the folds above it. */
  readonly hem: Curve
  readonly drape: Drape | null
}

export function skirtShape(m: SkirtMeasures, random: Random): SkirtShape {
  const length = m.hemY - m.waistY
  const hipY = m.waistY + Math.min(105, length * 0.4)
  const knots: Knot[] = [[m.waistHalf, m.waistY, 1]]
  knots.push([m.hipHalf, hipY])
  if (length > 240) knots.push([m.hipHalf + (m.hemHalf - m.hipHalf) * 0.52, hipY + (m.hemY - hipY) * 0.55])
  knots.push([m.hemHalf, m.hemY, 1])
  const wave = m.folds === 0 ? null : waveOf(m, random)
  const sag = 6 + m.hemHalf * 0.05
  const hemKnots: Knot[] = Array.from({ length: 41 }, (_, i) => {
    const across = (i / 40) * 2 - 1
    const lift = wave === null ? 0 : wave(across, 1) * Math.min(7, m.depth * 0.42)
    return [
      across * m.hemHalf,
      m.hemY + sag * Math.sqrt(Math.max(0, 1 - across * across)) + lift * (1 - across ** 8),
    ]
  })
  return {
    sideRight: spline(knots),
    hem: spline(hemKnots),
    drape:
      wave === null
        ? null
        : {
            top: m.waistY,
            bottom: m.hemY,
            topHalf: m.waistHalf,
            bottomHalf: m.hemHalf,
            centre: 0,
            wave,
            depth: m.depth,
          },
  }
}

type Bump = {
  readonly at: number
  readonly width: number
  readonly height: number
  readonly start: number
  readonly sway: number
}

function waveOf(m: SkirtMeasures, random: Random): (across: number, down: number) => number {
  if (m.isPleated) {
    const count = m.folds
    return (across, down) => {
      const phase = (across * 0.5 + 0.5) * count + 0.12 * Math.sin(down * 5 + across * 9)
      const saw = phase - Math.floor(phase)
      return saw < 0.78 ? saw / 0.78 - 0.5 : 0.5 - (saw - 0.78) / 0.22
    }
  }
  const bumps: readonly Bump[] = Array.from({ length: m.folds }, (_, i) => ({
    at: ((i + 0.5) / m.folds) * 2 - 1 + (random() - 0.5) * (0.9 / m.folds),
    width: (0.62 + random() * 0.4) / m.folds,
    height: 0.55 + random() * 0.6,
    start: random() * 0.4,
    sway: (random() - 0.5) * 0.1,
  }))
  return (across, down) => {
    let sum = 0
    for (const bump of bumps) {
      const distance = (across - bump.at - bump.sway * Math.sin(down * 3)) / bump.width
      if (distance < -5 || distance > 5) continue
      const grown = Math.min(1, Math.max(0, (down - bump.start) / 0.5))
      sum +=
        1.35 *
        bump.height *
        (0.25 + 0.75 * grown) *
        (Math.exp(-distance * distance) - 0.45 * Math.exp(-distance * distance * 0.25))
    }
    return sum
  }
}
