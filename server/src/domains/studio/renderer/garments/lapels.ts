import { type Curve, join, mirror, offset, spline } from '../geometry/curve.ts'
import { type Layer, layer, type Part, part, seam, stitch } from '../geometry/drawing.ts'

export type LapelWish = {
  readonly neckHalf: number
  /** Where the fronts cross, units below the neck. */
  readonly breakY: number
  readonly width: number
  readonly cloth: 'main' | 'accent'
  /** Shawl collars have no notch. */
  readonly notch: boolean
  readonly stitched: boolean
}

/** Collar and lapels of a jacket or coat, left front over right. */
export function lapels(wish: LapelWish): readonly Layer[] {
  const { neckHalf, breakY, width, cloth, notch, stitched } = wish
  const roll = spline([
    [neckHalf * 0.94, -20, 1],
    [neckHalf * 0.78, breakY * 0.3],
    [neckHalf * 0.36, breakY * 0.72],
    [1, breakY, 1],
  ])
  const gorgeY = breakY * 0.3
  const tip = { x: neckHalf * 0.7 + width, y: gorgeY - width * 0.1 }
  const lapelEdge = spline([
    [1, breakY, 1],
    [neckHalf * 0.42 + width * 0.42, breakY * 0.78],
    [tip.x - 3, gorgeY + (breakY - gorgeY) * 0.22],
    [tip.x, tip.y, 1],
  ])
  const notchIn = { x: neckHalf * 0.72 + width * 0.46, y: gorgeY - 3 }
  const lapelTop: Curve = [tip, notchIn, { x: neckHalf * 0.84, y: gorgeY - 16 }]
  const lapel = join(roll, lapelEdge.slice(1), lapelTop)
  const collarEdge = notch
    ? spline([
        [notchIn.x, notchIn.y, 1],
        [notchIn.x + width * 0.32, notchIn.y - width * 0.42, 1],
        [neckHalf + 19, 4],
        [neckHalf + 8, -14],
        [neckHalf * 0.94, -24, 1],
      ])
    : spline([
        [tip.x, tip.y, 1],
        [neckHalf + 22, 10],
        [neckHalf + 8, -14],
        [neckHalf * 0.94, -24, 1],
      ])
  const collar = join(collarEdge, [
    { x: neckHalf * 0.8, y: 4 },
    { x: neckHalf * 0.8, y: gorgeY - 14 },
  ])
  const leaf = (curve: Curve, edge: Curve, sign: 1 | -1): Part => {
    const line = offset(edge, 2.4)
    const lines = stitched ? [stitch(line, 0.55)] : [seam(offset(edge, 1.8), 0.25)]
    if (sign === 1) return part(curve, cloth, { frame: { x: 0, y: 0, angle: 0.35 }, lines })
    return part(mirror(curve), cloth, {
      frame: { x: 0, y: 0, angle: -0.35 },
      lines: lines.map((one) => ({ ...one, curve: mirror(one.curve) })),
    })
  }
  const back: Curve = join(
    spline([
      [-neckHalf - 1, -16, 1],
      [-neckHalf * 0.8, -27],
      [0, -33],
      [neckHalf * 0.8, -27],
      [neckHalf + 1, -16, 1],
    ]),
    spline([
      [neckHalf + 1, -16, 1],
      [neckHalf * 0.8, 14],
      [0, 16],
      [-neckHalf * 0.8, 14],
      [-neckHalf - 1, -16, 1],
    ]).slice(1),
  )
  const look = { puff: { height: 3.2, radius: 8 }, crumple: 0.3, shadow: 0.4 }
  return [
    layer('collar_inside', [part(back, cloth)], {
      front: false,
      behind: true,
      light: 0.62,
      shadow: 0,
      crumple: 0,
      puff: { height: -4, radius: 14 },
    }),
    layer('collar', [leaf(collar, collarEdge, -1), leaf(collar, collarEdge, 1)], look),
    layer('lapel_under', [leaf(lapel, lapelEdge, 1)], look),
    layer('lapel_over', [leaf(lapel, lapelEdge, -1)], look),
  ]
}
