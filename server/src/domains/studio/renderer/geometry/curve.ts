import type { Point } from '../../raster/types.ts'

/** x, y and, for a sharp corner, 1. Units are body units (see body.ts), y down. */
export type Knot = readonly [x: number, y: number, corner?: 1]

/** A dense polyline: everything downstream (masks, landmarks, stitches) reads the same points. */
export type Curve = readonly Point[]

export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const samplesPerSegment = 12

/** A smooth curve through the knots, straight into and out of corners. Unequal spacing does not overshoot. */
export function spline(knots: readonly Knot[]): Curve {
  const points: Point[] = []
  for (let i = 0; i + 1 < knots.length; i++) {
    const from = knots[i]
    const to = knots[i + 1]
    if (from === undefined || to === undefined) continue
    const startTangent = tangentAt(knots, i, 'out')
    const endTangent = tangentAt(knots, i + 1, 'in')
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    for (let k = i === 0 ? 0 : 1; k <= samplesPerSegment; k++) {
      points.push(hermite({ from, to, startTangent, endTangent, length }, k / samplesPerSegment))
    }
  }
  return points
}

type Vector = readonly [number, number]
type Segment = { from: Knot; to: Knot; startTangent: Vector; endTangent: Vector; length: number }

function hermite(segment: Segment, t: number): Point {
  const { from, to, startTangent, endTangent, length } = segment
  const a = 2 * t ** 3 - 3 * t ** 2 + 1
  const b = t ** 3 - 2 * t ** 2 + t
  const c = -2 * t ** 3 + 3 * t ** 2
  const d = t ** 3 - t ** 2
  return {
    x: a * from[0] + b * length * startTangent[0] + c * to[0] + d * length * endTangent[0],
    y: a * from[1] + b * length * startTangent[1] + c * to[1] + d * length * endTangent[1],
  }
}

function tangentAt(knots: readonly Knot[], index: number, side: 'in' | 'out'): Vector {
  const here = knots[index]
  const before = knots[index - 1]
  const after = knots[index + 1]
  if (here === undefined) return [0, 0]
  const isEnd = before === undefined || after === undefined || here[2] === 1
  if (isEnd) {
    const other = side === 'out' ? after : before
    if (other === undefined) return [0, 0]
    return side === 'out' ? direction(here, other) : direction(other, here)
  }
  const d0 = Math.hypot(here[0] - before[0], here[1] - before[1]) || 1
  const d1 = Math.hypot(after[0] - here[0], after[1] - here[1]) || 1
  const inward = direction(before, here)
  const outward = direction(here, after)
  return [(inward[0] * d1 + outward[0] * d0) / (d0 + d1), (inward[1] * d1 + outward[1] * d0) / (d0 + d1)]
}

function direction(from: Knot, to: Knot): Vector {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
}

export function mirror(curve: Curve): Curve {
  return curve.map((point) => ({ x: -point.x, y: point.y }))
}

export function reverse(curve: Curve): Curve {
  return [...curve].reverse()
}

/** Joins curves end to end. */
export function join(...curves: readonly Curve[]): Curve {
  return curves.flat()
}

/** Knots of the right half, from the middle (x = 0) outwards, become the whole curve from left to right. */
export function symmetric(knots: readonly Knot[]): Curve {
  return spline([...mirroredKnots(knots), ...knots.slice(1)])
}

/** Knots of the right half, from a corner on the axis to the opposite point of it, become a closed outline. */
export function closedSymmetric(knots: readonly Knot[]): Curve {
  return spline([...knots, ...mirroredKnots(knots.slice(0, -1))])
}

function mirroredKnots(knots: readonly Knot[]): readonly Knot[] {
  return knots.map(([x, y, corner]): Knot => (corner === undefined ? [-x, y] : [-x, y, corner])).toReversed()
}

/** The curve moved sideways: positive distance is to the left of its direction when y points down. */
export function offset(curve: Curve, distance: number): Curve {
  return curve.map((point, index) => {
    const before = curve[index - 1] ?? point
    const after = curve[index + 1] ?? point
    const dx = after.x - before.x
    const dy = after.y - before.y
    const length = Math.hypot(dx, dy) || 1
    return { x: point.x + (dy / length) * distance, y: point.y - (dx / length) * distance }
  })
}

/** A closed band between a curve and its offset. */
export function bandAlong(curve: Curve, inner: number, outer: number): Curve {
  return join(offset(curve, inner), reverse(offset(curve, outer)))
}

/** Points at shares `from`..`to` of the curve's length, evenly spaced. */
export function slice(curve: Curve, from: number, to: number, count: number): Curve {
  const lengths = [0]
  for (let i = 1; i < curve.length; i++) {
    const a = curve[i - 1]
    const b = curve[i]
    if (a !== undefined && b !== undefined)
      lengths.push((lengths[i - 1] ?? 0) + Math.hypot(b.x - a.x, b.y - a.y))
  }
  const total = lengths.at(-1) ?? 0
  return Array.from({ length: count }, (_, k) => {
    const wanted = total * (from + ((to - from) * k) / Math.max(1, count - 1))
    let i = lengths.findIndex((length) => length >= wanted)
    if (i < 1) i = 1
    const a = curve[i - 1] ?? { x: 0, y: 0 }
    const b = curve[i] ?? a
    const span = (lengths[i] ?? 0) - (lengths[i - 1] ?? 0) || 1
    const share = (wanted - (lengths[i - 1] ?? 0)) / span
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
  })
}

export function boxOf(curves: readonly Curve[]): Box {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const curve of curves) {
    for (const { x, y } of curve) {
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return { left, top, right, bottom }
}

export function ellipse(cx: number, cy: number, rx: number, ry: number): Curve {
  const count = 28
  return Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * 2 * Math.PI
    return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) }
  })
}

export function rectangle(left: number, top: number, right: number, bottom: number): Curve {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}
