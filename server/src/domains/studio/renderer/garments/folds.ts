import type { Fold } from '../geometry/drawing.ts'
import { mirrorFold } from '../geometry/drawing.ts'
import type { SleeveShape, TopMeasures } from './top-shape.ts'

export type Random = () => number

type Stroke = readonly [
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  width: number,
  depth: number,
  bend: number,
]

/** Folds on both sides of the body, each side shaken by itself so that the garment is not a mirror image. */
export function bothSides(strokes: readonly Stroke[], random: Random): readonly Fold[] {
  const shake = (amount: number): number => (random() - 0.5) * 2 * amount
  const make = ([x0, y0, x1, y1, width, depth, bend]: Stroke): Fold => ({
    from: [x0 + shake(4), y0 + shake(5)],
    to: [x1 + shake(9), y1 + shake(10)],
    width: width * (0.85 + 0.3 * random()),
    depth: depth * (0.6 + 0.7 * random()),
    bend: bend + shake(0.05),
  })
  return strokes.flatMap((stroke) => [make(stroke), mirrorFold(make(stroke))])
}

/** Pull from the armpits, slack above the hem, hang from the shoulders. */
export function bodyFolds(m: TopMeasures, random: Random): readonly Fold[] {
  const length = m.hemY - m.armpitY
  const a = m.armpitHalf
  const strokes: Stroke[] = [
    [a - 3, m.armpitY + 5, a * 0.42, m.armpitY + 52, 6, 3.6, 0.08],
    [a - 2, m.armpitY + 18, a * 0.5, m.armpitY + 92, 7, 3, 0.06],
    [m.shoulderHalf * 0.82, m.shoulderY + 22, a * 0.52, m.shoulderY + 96, 9, 2.4, -0.06],
    [m.waistHalf - 3, m.waistY - 6, m.waistHalf * 0.3, m.waistY + 16, 7, 2.5, 0.06],
    [m.waistHalf - 2, m.waistY + length * 0.12, m.waistHalf * 0.4, m.waistY + length * 0.02, 8, 2.6, -0.05],
    [m.hemHalf - 4, m.hemY - 20, m.hemHalf * 0.35, m.hemY - length * 0.3, 9, 2.8, -0.05],
    [m.hemHalf * 0.62, m.hemY + 2, m.hemHalf * 0.42, m.hemY - length * 0.36, 8, 2.6, 0.03],
    [m.hemHalf * 0.2, m.hemY + 4, m.hemHalf * 0.1, m.hemY - length * 0.3, 10, 2, 0.03],
  ]
  return bothSides(strokes, random)
}

/** Bent cloth at the elbow, slack above the cuff, pull at the armhole. */
export function sleeveFolds(sleeves: readonly SleeveShape[], random: Random): readonly Fold[] {
  const right = sleeves.find((sleeve) => sleeve.side === 1)
  if (right === undefined) return []
  const outerEnd = right.outer.at(-1) ?? { x: 0, y: 0 }
  const start = right.outer[0] ?? { x: 0, y: 0 }
  const isLong = outerEnd.y - start.y > 220
  const point = (share: number, across: number): readonly [number, number] => {
    const o = right.outer[Math.round(share * (right.outer.length - 1))] ?? start
    const i = right.inner[Math.round(share * (right.inner.length - 1))] ?? start
    return [o.x + (i.x - o.x) * across, o.y + (i.y - o.y) * across]
  }
  const stroke = (s0: number, a0: number, s1: number, a1: number, width: number, depth: number): Stroke => {
    const from = point(s0, a0)
    const to = point(s1, a1)
    return [from[0], from[1], to[0], to[1], width, depth, 0.1]
  }
  if (!isLong)
    return bothSides([stroke(0.3, 0.75, 0.62, 0.2, 5, 2.2), stroke(0.62, 0.95, 0.9, 0.45, 5, 2)], random)
  return bothSides(
    [
      stroke(0.14, 0.8, 0.3, 0.2, 6, 2.6),
      stroke(0.36, 1, 0.43, 0.12, 4.5, 3),
      stroke(0.43, 1, 0.52, 0.2, 4.5, 3.2),
      stroke(0.52, 0.96, 0.58, 0.1, 4.5, 2.6),
      stroke(0.6, 0.1, 0.72, 0.85, 6, 2),
      stroke(0.8, 0.9, 0.86, 0.15, 4, 2.6),
      stroke(0.87, 0.1, 0.92, 0.9, 3.6, 2.6),
    ],
    random,
  )
}
