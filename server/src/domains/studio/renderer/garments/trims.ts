import {
  bandAlong,
  type Curve,
  ellipse,
  join,
  offset,
  rectangle,
  reverse,
  slice,
  spline,
} from '../geometry/curve.ts'
import { type Cloth, type Frame, type Line, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import type { Hex } from '../spec.ts'
import type { SleeveShape, TopShape } from './top-shape.ts'

/** A sewn button: a disc with a rim and a cross of thread. */
export function button(x: number, y: number, radius: number, tint: Hex, metal = false): readonly Part[] {
  const disc = part(ellipse(x, y, radius, radius), 'thing', { tint, metal, thickness: 0.9, shadow: 0.5 })
  if (metal)
    return [
      disc,
      part(ellipse(x, y, radius * 0.55, radius * 0.55), 'thing', { tint, metal, thickness: -0.5, shadow: 0 }),
    ]
  const hole = (dx: number, dy: number): Part =>
    part(ellipse(x + dx, y + dy, radius * 0.14, radius * 0.14), 'thing', {
      tint: '#1d1a18',
      thickness: -0.2,
      shadow: 0,
    })
  const inner = part(ellipse(x, y, radius * 0.68, radius * 0.68), 'thing', {
    tint,
    thickness: -0.45,
    shadow: 0.12,
  })
  const d = radius * 0.24
  return [disc, inner, hole(-d, -d), hole(d, -d), hole(-d, d), hole(d, d)]
}

export function buttonRow(
  x: number,
  from: number,
  to: number,
  count: number,
  look: { radius: number; tint: Hex; metal?: boolean },
): readonly Part[] {
  return Array.from({ length: count }, (_, i) => {
    const y = count === 1 ? from : from + ((to - from) * i) / (count - 1)
    return button(x, y, look.radius, look.tint, look.metal ?? false)
  }).flat()
}

/** A strip of double cloth down the front. */
export function placket(top: number, bottom: number, half: number, x = 0): Part {
  return part(rectangle(x - half, top, x + half, bottom), 'main', {
    clipped: true,
    thickness: 0.7,
    shadow: 0.22,
    lines: [
      stitch(
        [
          { x: x - half + 1.8, y: top },
          { x: x - half + 1.8, y: bottom },
        ],
        0.55,
      ),
      stitch(
        [
          { x: x + half - 1.8, y: top },
          { x: x + half - 1.8, y: bottom },
        ],
        0.55,
      ),
    ],
  })
}

/** A zip: tape, teeth and a pull. */
export function zip(top: number, bottom: number, x = 0, tint: Hex = '#8d9096'): readonly Part[] {
  const teeth: Part[] = []
  teeth.push(
    part(rectangle(x - 3.4, top, x + 3.4, bottom), 'plain', {
      clipped: true,
      thickness: -0.5,
      shadow: 0.2,
      lines: [
        stitch([
          { x: x - 7, y: top },
          { x: x - 7, y: bottom },
        ]),
      ],
    }),
  )
  teeth.push(
    part(rectangle(x - 1.5, top + 2, x + 1.5, bottom), 'thing', {
      tint,
      metal: true,
      clipped: true,
      thickness: 0.6,
      shadow: 0.3,
      lines: [
        stitch(
          [
            { x, y: top },
            { x, y: bottom },
          ],
          0.9,
        ),
      ],
    }),
  )
  teeth.push(
    part(
      spline([
        [x - 2, top + 3, 1],
        [x + 2, top + 3, 1],
        [x + 2.6, top + 15],
        [x, top + 18],
        [x - 2.6, top + 15],
        [x - 2, top + 3, 1],
      ]),
      'thing',
      { tint, metal: true, thickness: 0.8, shadow: 0.45 },
    ),
  )
  return teeth
}

/** Turned-up hem with two rows of stitches; returned as lines for the shell. */
export function hemLines(hem: Curve, depth: number): readonly Line[] {
  return [stitch(offset(hem, depth), 0.6), stitch(offset(hem, depth - 1.8), 0.6)]
}

/** A band along the hem of the body. */
export function hemBand(shape: TopShape, depth: number, cloth: Cloth): Part {
  const wide: Curve = [
    { x: (shape.hem[0]?.x ?? 0) - 8, y: (shape.hem[0]?.y ?? 0) + 1 },
    ...shape.hem,
    { x: (shape.hem.at(-1)?.x ?? 0) + 8, y: (shape.hem.at(-1)?.y ?? 0) + 1 },
  ]
  return part(bandAlong(wide, -1.5, depth), cloth, {
    clipped: true,
    thickness: 0.9,
    shadow: 0.2,
    lines: [seam(offset(wide, depth), 0.9)],
  })
}

/** A cuff at the sleeve's mouth, following its direction. */
export function cuff(
  sleeve: SleeveShape,
  depth: number,
  cloth: Cloth,
  lines: 'seam' | 'stitch' = 'seam',
): Part {
  const wide = sleeve.mouth
  const upward = sleeve.side === 1 ? -1 : 1
  const edge = offset(wide, upward * depth)
  const first = edge[0] ?? { x: 0, y: 0 }
  const last = edge.at(-1) ?? { x: 0, y: 0 }
  const stretch = (
    point: { x: number; y: number },
    from: { x: number; y: number },
  ): { x: number; y: number } => ({
    x: point.x + (point.x - from.x) * 0.08,
    y: point.y + (point.y - from.y) * 0.08,
  })
  const upper: Curve = [stretch(first, last), ...edge, stretch(last, first)]
  const outer = offset(wide, upward * -2)
  const lower: Curve = [
    stretch(outer[0] ?? first, outer.at(-1) ?? last),
    ...outer,
    stretch(outer.at(-1) ?? last, outer[0] ?? first),
  ]
  return part(join(upper, reverse(lower)), cloth, {
    clipped: true,
    thickness: 0.9,
    shadow: 0.22,
    frame: sleeve.frame,
    lines: [lines === 'seam' ? seam(upper, 0.9) : stitch(offset(upper, upward * 2), 0.6)],
  })
}

/** Stitches of a plain sleeve hem. */
export function sleeveHem(sleeve: SleeveShape, depth: number): readonly Line[] {
  const sign = -sleeve.side
  return [
    stitch(offset(sleeve.mouth, sign * depth), 0.6),
    stitch(offset(sleeve.mouth, sign * (depth - 1.8)), 0.6),
  ]
}

/** A patch pocket with a pointed or straight bottom. */
export function patchPocket(
  x: number,
  y: number,
  width: number,
  height: number,
  cloth: Cloth = 'main',
): readonly Part[] {
  const half = width / 2
  const curve: Curve = [
    { x: x - half, y },
    { x: x + half, y },
    { x: x + half, y: y + height * 0.86 },
    { x, y: y + height },
    { x: x - half, y: y + height * 0.86 },
  ]
  const closed = [...curve, { x: x - half, y }]
  const inner = inset(curve, x, y + height / 2, 1.8)
  return [
    part(curve, cloth, {
      thickness: 0.7,
      shadow: 0.24,
      clipped: true,
      lines: [
        stitch([...inner.slice(1), ...inner.slice(0, 1), ...inner.slice(1, 2)], 0.6),
        stitch(
          [
            { x: x - half, y: y + 6 },
            { x: x + half, y: y + 6 },
          ],
          0.5,
        ),
        seam(closed, 0.5),
      ],
    }),
  ]
}

function inset(curve: Curve, cx: number, cy: number, by: number): Curve {
  return curve.map(({ x, y }) => ({ x: x + Math.sign(cx - x) * by, y: y + Math.sign(cy - y) * by }))
}

/** A flap over a pocket, tilted for tailoring. */
export function flapPocket(
  x: number,
  y: number,
  width: number,
  height: number,
  tilt: number,
  cloth: Cloth = 'main',
): readonly Part[] {
  const half = width / 2
  const at = (dx: number, dy: number): { x: number; y: number } => ({ x: x + dx, y: y + dy + dx * tilt })
  const curve = join(
    spline([
      [at(-half, 0).x, at(-half, 0).y, 1],
      [at(half, 0).x, at(half, 0).y, 1],
      [at(half, height * 0.8).x, at(half, height * 0.8).y],
      [at(half - 3, height).x, at(half - 3, height).y],
      [at(-half + 3, height).x, at(-half + 3, height).y],
      [at(-half, height * 0.8).x, at(-half, height * 0.8).y],
      [at(-half, 0).x, at(-half, 0).y, 1],
    ]),
  )
  return [
    part([at(-half - 1, -2.2), at(half + 1, -2.2), at(half + 1, 1), at(-half - 1, 1)], cloth, {
      thickness: 0.6,
      shadow: 0.2,
      clipped: true,
    }),
    part(curve, cloth, {
      thickness: 0.8,
      shadow: 0.34,
      clipped: true,
      lines: [stitch(slice(offset(curve, -1.6), 0.3, 0.98, 24), 0.45)],
    }),
  ]
}

/** A narrow slit with piped edges: zip or welt pocket. */
export function weltPocket(
  x: number,
  y: number,
  length: number,
  angle: number,
  cloth: Cloth = 'main',
): readonly Part[] {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const at = (along: number, across: number): { x: number; y: number } => ({
    x: x + along * cos - across * sin,
    y: y + along * sin + across * cos,
  })
  const strip = (half: number, width: number): Curve => [
    at(-half, -width),
    at(half, -width),
    at(half, width),
    at(-half, width),
  ]
  const frame: Frame = { x, y, angle }
  return [
    part(strip(length / 2, 2.6), cloth, { thickness: 0.8, shadow: 0.32, clipped: true, frame }),
    part(strip(length / 2 - 1, 0.5), 'lining', { thickness: -0.6, shadow: 0, clipped: true }),
  ]
}
