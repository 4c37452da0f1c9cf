import { armAxis } from '../garments/top-shape.ts'
import { type Curve, join, type Knot, mirror, offset, reverse, slice, spline } from '../geometry/curve.ts'
import { type Drawing, type Layer, layer, type Part, part, seam } from '../geometry/drawing.ts'
import type { GarmentSpec, Hex, Wearer } from '../spec.ts'

/** A faceless fashion-sketch figure that shares its measures with the garments. */
export function drawMannequin(wearer: Wearer): Drawing {
  const b = builds[wearer]
  const smooth = { crumple: 0, shadow: 0.3, front: false } as const
  return {
    kind: 'other',
    layers: [
      layer('arm_right', [arm(b, 1), hand(b, 1)], { ...smooth, puff: { height: 20, radius: 26 } }),
      layer('arm_left', [arm(b, -1), hand(b, -1)], { ...smooth, puff: { height: 20, radius: 26 } }),
      layer('body', [part(bodyOutline(b), 'main', { lines: bodyLines(b) })], {
        ...smooth,
        puff: { height: 40, radius: 46 },
        folds: bodyForm(b),
      }),
      ...[1, -1].map((sign) => shoe(b, sign)),
      layer('head', [part(headOutline(b), 'main')], {
        ...smooth,
        puff: { height: 34, radius: 40 },
        shadow: 0.42,
      }),
    ],
    focus: { x: 0, y: 200, width: 300 },
    outline: null,
  }
}

/** The cloth-covered form itself, as a spec, so that the same painter paints it. */
export function mannequinSpec(): GarmentSpec {
  const colour: Hex = '#cdbfb0'
  return {
    type: 't_shirt',
    colour,
    accent: '#2b2725',
    pattern: 'plain',
    fabric: 'chiffon',
    sleeve: 'none',
    neck: 'crew',
    fit: 'regular',
    length: 'regular',
    leg: 'straight',
    wearer: 'women',
    details: [],
  }
}

type Build = {
  readonly shoulder: number
  readonly bust: number
  readonly waist: number
  readonly hip: number
  readonly neck: number
  readonly limb: number
  readonly head: number
  /** Length of legs and arms relative to an adult's. */
  readonly legs: number
  readonly arms: number
}

const builds: Readonly<Record<Wearer, Build>> = {
  women: { shoulder: 94, bust: 85, waist: 63, hip: 93, neck: 20, limb: 1, head: 1, legs: 1, arms: 1 },
  men: { shoulder: 106, bust: 93, waist: 78, hip: 89, neck: 26, limb: 1.22, head: 1.06, legs: 1, arms: 1 },
  kids: {
    shoulder: 90,
    bust: 80,
    waist: 72,
    hip: 84,
    neck: 20,
    limb: 1.05,
    head: 1.16,
    legs: 0.84,
    arms: 0.92,
  },
}

const crotchY = 408

function legY(b: Build, y: number): number {
  return crotchY + (y - crotchY) * b.legs
}

function bodyOutline(b: Build): Curve {
  const l = b.limb
  const right: readonly Knot[] = [
    [b.neck * 0.9, -66, 1],
    [b.neck, -38],
    [b.neck + 7, -14],
    [b.shoulder * 0.6, 11],
    [b.shoulder - 10, 24],
    [b.shoulder, 44],
    [b.bust + 4, 84],
    [b.bust, 122],
    [b.bust - (b.bust - b.waist) * 0.5, 172],
    [b.waist, 226],
    [b.waist + (b.hip - b.waist) * 0.6, 284],
    [b.hip, 346],
    [b.hip - 2, 404],
    [82, legY(b, 500)],
    [43 + 23 * l, legY(b, 630)],
    [44 + 23 * l, legY(b, 716)],
    [43 + 14 * l, legY(b, 830)],
    [43 + 11 * l, legY(b, 896)],
    [43 + 12 * l, legY(b, 912), 1],
  ]
  const inner: readonly Knot[] = [
    [43 - 12 * l, legY(b, 912), 1],
    [43 - 10 * l, legY(b, 896)],
    [43 - 13 * l, legY(b, 830)],
    [43 - 22 * l, legY(b, 720)],
    [43 - 19 * l, legY(b, 640)],
    [10, legY(b, 520)],
    [2.4, legY(b, 430)],
    [0, crotchY, 1],
  ]
  const half = join(spline(right), spline(inner))
  return join(half, reverse(mirror(half)).slice(1))
}

/** Princess seams of a dress form. */
function bodyLines(b: Build): Part['lines'] {
  const line = spline([
    [b.shoulder * 0.5, 6],
    [b.bust * 0.52, 110],
    [b.waist * 0.5, 226],
    [b.hip * 0.55, 350],
  ])
  return [
    seam(line, 0.5),
    seam(mirror(line), 0.5),
    seam(
      [
        { x: 0, y: -40 },
        { x: 0, y: crotchY },
      ],
      0.5,
    ),
    seam(
      spline([
        [-b.waist, 226],
        [0, 232],
        [b.waist, 226],
      ]),
      0.5,
    ),
  ]
}

/** Collar bones, bust and kneecaps, as soft ridges. */
function bodyForm(b: Build): Layer['folds'] {
  const women = b.bust - b.waist > 15 && b.neck < 24
  return ([1, -1] as const).flatMap((sign) => [
    {
      from: [sign * 8, 0] as const,
      to: [sign * b.shoulder * 0.8, 8] as const,
      width: 5,
      depth: 1.6,
      bend: 0,
    },
    {
      from: [sign * b.bust * 0.78, 104] as const,
      to: [sign * b.bust * 0.16, 142] as const,
      width: 20,
      depth: women ? 9 : 4,
      bend: sign * 0.12,
    },
    {
      from: [sign * 43, legY(b, 610)] as const,
      to: [sign * 45, legY(b, 668)] as const,
      width: 9,
      depth: 2,
      bend: 0,
    },
  ])
}

function arm(b: Build, sign: 1 | -1): Part {
  const axis = slice(armAxis(b.shoulder + 3, 26), 0, b.arms, 12)
  const widths = [22, 21, 20, 19, 18, 17.4, 17, 16.4, 15.2, 13.6, 12, 10.6]
  const side = (way: 1 | -1): Curve =>
    axis.map((_, i) => offset(axis, way * (widths[i] ?? 12) * b.limb ** 0.8)[i] ?? { x: 0, y: 0 })
  const cap: Curve = [
    { x: b.shoulder - 22, y: 24 },
    { x: b.shoulder - 8, y: 26 },
    { x: b.shoulder + 2, y: 36 },
  ]
  const outline = join(cap, side(1).slice(1), reverse(side(-1)))
  return part(sign === 1 ? outline : mirror(outline), 'main')
}

function hand(b: Build, sign: 1 | -1): Part {
  const wrist = slice(armAxis(b.shoulder + 3, 26), b.arms, b.arms, 1)[0] ?? { x: 150, y: 400 }
  const { x, y } = wrist
  const curve = spline([
    [x - 9, y - 8, 1],
    [x - 12, y + 18],
    [x - 9, y + 46],
    [x - 3, y + 68],
    [x + 3, y + 76],
    [x + 8, y + 62],
    [x + 13, y + 34],
    [x + 13, y + 10],
    [x + 9, y - 10, 1],
  ])
  const thumb = spline([
    [x - 9, y + 6, 1],
    [x - 18, y + 24],
    [x - 18, y + 42],
    [x - 12, y + 40],
    [x - 7, y + 24, 1],
  ])
  const outline = join(curve.slice(0, 13), thumb, curve.slice(20))
  return part(sign === 1 ? outline : mirror(outline), 'main')
}

function shoe(b: Build, sign: number): Layer {
  const y = legY(b, 902)
  const l = b.limb
  const curve = spline([
    [43 - 11 * l, y, 1],
    [43 - 13 * l, y + 20],
    [43 - 12 * l, y + 42],
    [46, y + 56],
    [43 + 16 * l, y + 44],
    [43 + 14 * l, y + 20],
    [43 + 11 * l, y, 1],
    [43, y + 16],
    [43 - 11 * l, y, 1],
  ])
  return layer('shoe', [part(sign === 1 ? curve : mirror(curve), 'accent')], {
    puff: { height: 9, radius: 10 },
    crumple: 0,
    shadow: 0.2,
    front: false,
  })
}

function headOutline(b: Build): Curve {
  const h = b.head
  const knots: readonly Knot[] = [
    [0, -44],
    [17 * h, -51],
    [32 * h, -78],
    [41 * h, -78 - 41 * h],
    [37 * h, -78 - 76 * h],
    [21 * h, -78 - 96 * h],
    [0, -78 - 102 * h],
  ]
  const right = spline(knots)
  return join(right, reverse(mirror(right)).slice(1))
}

export const figureBox = { left: -176, right: 176, top: -186, bottom: 966 } as const
