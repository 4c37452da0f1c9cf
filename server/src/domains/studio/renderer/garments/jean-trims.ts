import { type Curve, ellipse, spline } from '../geometry/curve.ts'
import { type Line, type Part, part, seam, stitch } from '../geometry/drawing.ts'

export type HipMeasures = {
  readonly waistHalf: number
  readonly hipHalf: number
  readonly waistY: number
  readonly crotchY: number
}

/** Five-pocket front: curved pocket mouths, the fly with its J-shaped stitch, the coin pocket. */
export function flyAndPockets(m: HipMeasures): readonly Line[] {
  const { waistHalf: w, waistY: y, crotchY } = m
  const mouth = (sign: 1 | -1): Curve =>
    spline([
      [sign * (w * 0.56), y + 4],
      [sign * (w * 0.62), y + 28],
      [sign * (w * 0.86), y + 42],
      [sign * (w + 20), y + 46],
    ])
  const down = (curve: Curve, by: number): Curve =>
    curve.map((p) => ({ x: p.x - Math.sign(p.x) * by, y: p.y + by }))
  const fly = spline([
    [15, y + 6],
    [15, y + 62],
    [11, y + 84],
    [1, crotchY - 46],
  ])
  const coin: Curve = [
    { x: w * 0.68, y: y + 30 },
    { x: w * 0.7, y: y + 16 },
    { x: w * 0.98, y: y + 16 },
  ]
  return [
    ...([1, -1] as const).flatMap((sign) => [
      seam(mouth(sign), 1.4),
      stitch(down(mouth(sign), 2), 0.6),
      stitch(down(mouth(sign), 4), 0.6),
    ]),
    seam(
      [
        { x: 0, y: y + 4 },
        { x: 0, y: crotchY },
      ],
      1.2,
    ),
    stitch(fly, 0.6),
    stitch(
      fly.map((p) => ({ x: p.x - 2.2, y: p.y - 1 })),
      0.6,
    ),
    stitch(coin, 0.5),
  ]
}

export function rivets(m: HipMeasures): readonly Part[] {
  const places = [
    [m.waistHalf * 0.58, m.waistY + 8],
    [m.waistHalf + 9, m.waistY + 43],
  ] as const
  return places.flatMap(([x, y]) =>
    [-1, 1].map((sign) =>
      part(ellipse(sign * x, y, 1.7, 1.7), 'thing', {
        tint: '#b4835a',
        metal: true,
        thickness: 0.6,
        shadow: 0.4,
      }),
    ),
  )
}

export function beltLoops(half: number, top: number, height: number): readonly Part[] {
  return [-0.74, -0.36, 0.36, 0.74].map((share) => {
    const x = share * half
    const y = top + 5 - Math.abs(share) * 4
    const curve: Curve = [
      { x: x - 3, y: y - 2 },
      { x: x + 3, y: y - 2 },
      { x: x + 3, y: y + height + 2 },
      { x: x - 3, y: y + height + 2 },
    ]
    return part(curve, 'plain', {
      thickness: 1.1,
      shadow: 0.34,
      lines: [
        stitch(
          [
            { x: x - 1.6, y },
            { x: x - 1.6, y: y + height },
          ],
          0.4,
        ),
        stitch(
          [
            { x: x + 1.6, y },
            { x: x + 1.6, y: y + height },
          ],
          0.4,
        ),
      ],
    })
  })
}

/** Two patch pockets with arched stitching, for the seat. */
export function backPockets(y: number): readonly Part[] {
  return ([-1, 1] as const).map((sign) => {
    const x = sign * 46
    const curve: Curve = [
      { x: x - 26, y },
      { x: x + 26, y },
      { x: x + 24, y: y + 46 },
      { x, y: y + 60 },
      { x: x - 24, y: y + 46 },
    ]
    const inner: Curve = [
      { x: x - 24, y: y + 1 },
      { x: x - 22.2, y: y + 45 },
      { x, y: y + 57.6 },
      { x: x + 22.2, y: y + 45 },
      { x: x + 24, y: y + 1 },
    ]
    const arch = spline([
      [x - 22, y + 24],
      [x - 8, y + 20],
      [x, y + 30],
      [x + 8, y + 20],
      [x + 22, y + 24],
    ])
    return part(curve, 'main', {
      thickness: 1,
      shadow: 0.26,
      lines: [
        stitch(inner, 0.6),
        stitch(
          [
            { x: x - 25, y: y + 4.5 },
            { x: x + 25, y: y + 4.5 },
          ],
          0.6,
        ),
        stitch(arch, 0.6),
      ],
      fades: [{ x, y: y + 22, rx: 26, ry: 30, amount: 0.18 }],
    })
  })
}
