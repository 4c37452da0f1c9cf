import {
  type Curve,
  join,
  type Knot,
  mirror,
  offset,
  reverse,
  slice,
  spline,
  symmetric,
} from '../geometry/curve.ts'
import type { Frame } from '../geometry/drawing.ts'
import type { Neck } from '../spec.ts'

/** Measures of an upper garment: half widths and heights in body units, neck at y = 0. */
export type TopMeasures = {
  readonly neckHalf: number
  readonly neckY: number
  readonly neckDepth: number
  readonly shoulderHalf: number
  readonly shoulderY: number
  readonly armpitHalf: number
  readonly armpitY: number
  readonly waistHalf: number
  readonly waistY: number
  readonly hemHalf: number
  readonly hemY: number
  /** How much lower the middle of the hem hangs than its corners. */
  readonly hemDrop: number
}

export type SleeveMeasures = {
  /** Share of the arm from shoulder to wrist, 0..1. */
  readonly length: number
  readonly upperHalf: number
  readonly middleHalf: number
  readonly endHalf: number
  /** Extra roundness of a puffed sleeve, units. */
  readonly balloon: number
  /** How far a short sleeve stands off from the hanging arm, units at elbow height. */
  readonly spread: number
}

export type SleeveShape = {
  readonly curve: Curve
  readonly outer: Curve
  readonly inner: Curve
  /** From the outer to the inner end of the sleeve's mouth. */
  readonly mouth: Curve
  readonly frame: Frame
  readonly side: 1 | -1
}

export type TopShape = {
  readonly measures: TopMeasures
  /** Left to right along the opening. */
  readonly neckline: Curve
  readonly body: Curve
  readonly shoulderRight: Curve
  /** From the shoulder tip to the armpit. */
  readonly armholeRight: Curve
  readonly sideRight: Curve
  /** Left to right. */
  readonly hem: Curve
  readonly sleeves: readonly SleeveShape[]
}

export function topShape(measures: TopMeasures, neck: Neck, sleeve: SleeveMeasures | null): TopShape {
  const neckline = necklineOf(measures, neck)
  const shoulderRight = shoulderOf(measures)
  const armholeRight = armholeOf(measures, sleeve !== null)
  const sideRight = spline([
    [measures.armpitHalf, measures.armpitY, 1],
    [measures.waistHalf, measures.waistY],
    [measures.hemHalf, measures.hemY],
  ])
  const hem = hemOf(measures)
  const right = join(shoulderRight, armholeRight.slice(1), sideRight.slice(1))
  const body = join(neckline, right.slice(1), reverse(hem).slice(1), reverse(mirror(right)).slice(1))
  const sleeveRight = sleeve === null ? null : sleeveOf(measures, sleeve)
  const sleeves = sleeveRight === null ? [] : [mirrorSleeve(sleeveRight), sleeveRight]
  return { measures, neckline, body, shoulderRight, armholeRight, sideRight, hem, sleeves }
}

/** The front opening of a neck style, left to right. */
function necklineOf(m: TopMeasures, neck: Neck): Curve {
  return symmetric(neckKnots(m, neck))
}

function neckKnots(m: TopMeasures, neck: Neck): readonly Knot[] {
  const drop = m.neckDepth - m.neckY
  switch (neck) {
    case 'v':
      return [
        [0, m.neckDepth, 1],
        [m.neckHalf * 0.52, m.neckY + drop * 0.46],
        [m.neckHalf, m.neckY],
      ]
    case 'square':
      return [
        [0, m.neckDepth],
        [m.neckHalf * 0.9, m.neckDepth, 1],
        [m.neckHalf, m.neckY],
      ]
    case 'boat':
      return [
        [0, m.neckDepth],
        [m.neckHalf * 0.6, m.neckY + drop * 0.72],
        [m.neckHalf, m.neckY],
      ]
    case 'crew':
    case 'scoop':
    case 'turtle':
    case 'collar':
    case 'stand':
      return [
        [0, m.neckDepth],
        [m.neckHalf * 0.62, m.neckY + drop * 0.76],
        [m.neckHalf * 0.95, m.neckY + drop * 0.3],
        [m.neckHalf, m.neckY],
      ]
  }
}

function shoulderOf(m: TopMeasures): Curve {
  const span = m.shoulderHalf - m.neckHalf
  const fall = m.shoulderY - m.neckY
  return spline([
    [m.neckHalf, m.neckY, 1],
    [m.neckHalf + span * 0.4, m.neckY + fall * 0.38],
    [m.neckHalf + span * 0.82, m.neckY + fall * 0.74],
    [m.shoulderHalf, m.shoulderY, 1],
  ])
}

function armholeOf(m: TopMeasures, hasSleeve: boolean): Curve {
  const depth = m.armpitY - m.shoulderY
  if (m.shoulderHalf - m.neckHalf < 12) {
    // A thin strap goes straight down to the top of the bodice.
    return spline([
      [m.shoulderHalf, m.shoulderY, 1],
      [m.shoulderHalf + 3, m.shoulderY + depth * 0.5],
      [m.armpitHalf - 16, m.armpitY - 17],
      [m.armpitHalf, m.armpitY, 1],
    ])
  }
  const inset = hasSleeve ? 9 : 12
  const waist = Math.min(m.shoulderHalf, m.armpitHalf) - inset
  return spline([
    [m.shoulderHalf, m.shoulderY, 1],
    [waist + (m.shoulderHalf - waist) * 0.35, m.shoulderY + depth * 0.4],
    [waist + (m.armpitHalf - waist) * 0.3, m.shoulderY + depth * 0.76],
    [m.armpitHalf, m.armpitY, 1],
  ])
}

function hemOf(m: TopMeasures): Curve {
  return symmetric([
    [0, m.hemY + m.hemDrop],
    [m.hemHalf * 0.5, m.hemY + m.hemDrop * 0.82],
    [m.hemHalf * 0.85, m.hemY + m.hemDrop * 0.34],
    [m.hemHalf, m.hemY],
  ])
}

/** Middle line of a relaxed right arm; sleeves and the figure's arms follow it. */
export function armAxis(shoulderHalf: number, shoulderY: number, spread = 0): Curve {
  const knots = [
    [-18, 22],
    [5, 110],
    [22, 205],
    [37, 300],
    [48, 382],
  ] as const
  return spline(knots.map(([x, y]): Knot => [shoulderHalf + x + (spread * (y - 22)) / 180, shoulderY + y]))
}

function sleeveOf(m: TopMeasures, sleeve: SleeveMeasures): SleeveShape {
  const axis = slice(armAxis(m.shoulderHalf, m.shoulderY, sleeve.spread), 0, sleeve.length, 9)
  const steps = axis.length - 1
  const halfAt = (index: number): number => {
    const t = index / steps
    const first = sleeve.upperHalf + (sleeve.middleHalf - sleeve.upperHalf) * Math.min(1, t * 2)
    const width = t < 0.5 ? first : sleeve.middleHalf + (sleeve.endHalf - sleeve.middleHalf) * (t - 0.5) * 2
    return width + sleeve.balloon * Math.sin(Math.PI * Math.min(1, t * 1.02)) ** 0.8
  }
  // `offset` to the left of a line running down and outwards is the outer side.
  const side = (sign: 1 | -1): Curve =>
    axis.map((_, index) => {
      // The outer edge starts at the shoulder tip, closer to the axis than the armpit is.
      const lean = sign === 1 ? 0.62 + 0.38 * Math.min(1, (index / steps) * sleeve.length * 2.2) : 1
      return offset(axis, sign * halfAt(index) * lean)[index] ?? { x: 0, y: 0 }
    })
  const outerKnots = knotsOf(side(1).slice(2))
  const innerKnots = knotsOf(
    side(-1)
      .filter((point) => point.y > m.armpitY + 14 || sleeve.length < 0.5)
      .slice(sleeve.length < 0.5 ? -1 : 0),
  )
  const outer = spline([[m.shoulderHalf, m.shoulderY], [m.shoulderHalf + 7, m.shoulderY + 8], ...outerKnots])
  const inner = spline([[m.armpitHalf, m.armpitY], ...innerKnots])
  const mouthFrom = outer.at(-1) ?? { x: 0, y: 0 }
  const mouthTo = inner.at(-1) ?? { x: 0, y: 0 }
  const bow = sleeve.endHalf * 0.12
  const mouth = spline([
    [mouthFrom.x, mouthFrom.y],
    [(mouthFrom.x + mouthTo.x) / 2 + bow * 0.4, (mouthFrom.y + mouthTo.y) / 2 + bow],
    [mouthTo.x, mouthTo.y],
  ])
  const inside: Curve = [
    { x: m.armpitHalf - 16, y: m.armpitY + 2 },
    { x: m.shoulderHalf - 26, y: m.shoulderY + 4 },
  ]
  const end = axis.at(-1) ?? { x: 0, y: 0 }
  const start = axis[0] ?? { x: 0, y: 0 }
  const angle = Math.atan2(start.x - end.x, end.y - start.y)
  return {
    curve: join(outer, mouth.slice(1), reverse(inner).slice(1), inside),
    outer,
    inner,
    mouth,
    frame: { x: start.x, y: start.y, angle },
    side: 1,
  }
}

function knotsOf(points: Curve): readonly Knot[] {
  return points.map((point) => [point.x, point.y] as const)
}

function mirrorSleeve(sleeve: SleeveShape): SleeveShape {
  return {
    curve: mirror(sleeve.curve),
    outer: mirror(sleeve.outer),
    inner: mirror(sleeve.inner),
    mouth: mirror(sleeve.mouth),
    frame: { x: -sleeve.frame.x, y: sleeve.frame.y, angle: -sleeve.frame.angle },
    side: -1,
  }
}
