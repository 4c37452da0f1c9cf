import {
  bandAlong,
  type Curve,
  ellipse,
  join,
  mirror,
  offset,
  reverse,
  spline,
  symmetric,
} from '../geometry/curve.ts'
import {
  type Drawing,
  type Fade,
  type Layer,
  type Line,
  layer,
  type Part,
  part,
  seam,
  stitch,
} from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import { bothSides, type Random } from './folds.ts'
import { backPockets, flyAndPockets, rivets } from './jean-trims.ts'
import { type LegMeasures, legMeasures } from './leg-measures.ts'
import { insideWaist, waistLine } from './skirts.ts'
import { patchPocket, weltPocket } from './trims.ts'
import { trouserBand } from './trouser-band.ts'

/** Trousers, jeans, joggers, shorts and leggings. */
export function drawTrousers(spec: GarmentSpec, view: View, random: Random): Drawing {
  const m = legMeasures(spec)
  const shape = trouserShape(m)
  const isBack = view === 'back'
  const isJeans = spec.fabric === 'denim'
  const shell = part(shape.outline, 'main', {
    lines: [...seams(spec, m, isBack), ...shape.mouths.flatMap((mouth) => [stitch(offset(mouth, 5), 0.6)])],
    fades: isJeans ? fadesOf(spec, m, isBack) : [],
  })
  const body = layer('body', [shell], {
    overlays: overlays(spec, m, shape, isBack),
    folds: legFolds(m, random),
    openings: [...shape.mouths.map(beyond), above(m)],
    puff: { height: 36, radius: 40 },
    crumple: spec.type === 'leggings' ? 0.25 : isJeans ? 0.9 : 0.8,
  })
  const bandTop = m.waistY - m.band
  return {
    kind: 'trousers',
    layers: [
      ...insideWaist(m.waistHalf, bandTop),
      ...shape.mouths.map(insideMouth),
      body,
      trouserBand(spec, m, isBack),
    ],
    focus: { x: 20, y: m.waistY + 70, width: 190 },
    outline: null,
  }
}

type TrouserShape = { readonly outline: Curve; readonly mouths: readonly Curve[] }

function trouserShape(m: LegMeasures): TrouserShape {
  const outer = spline([
    [m.waistHalf, m.waistY, 1],
    [m.hipHalf - 6, m.waistY + 50],
    [m.hipHalf, m.hipY],
    [m.thighOuter, m.crotchY + 30],
    ...m.knees.map(([y, centre, half]) => [centre + half, y] as const),
    [m.hemCentre + m.hemHalf, m.hemY, 1],
  ])
  const inner = spline([
    [m.hemCentre - m.hemHalf, m.hemY, 1],
    ...[...m.knees].reverse().map(([y, centre, half]) => [centre - half, y] as const),
    [3.2, m.crotchY + 44],
    [0, m.crotchY, 1],
  ])
  const mouth = spline([
    [m.hemCentre - m.hemHalf, m.hemY],
    [m.hemCentre, m.hemY + 3.5],
    [m.hemCentre + m.hemHalf, m.hemY],
  ])
  const right = join(outer, reverse(mouth).slice(1), inner.slice(1))
  const outline = join(waistLine(m.waistHalf, m.waistY - 1), right.slice(1), reverse(mirror(right)).slice(1))
  return { outline, mouths: [reverse(mirror(mouth)), mouth] }
}

function beyond(mouth: Curve): Curve {
  return [...mouth, ...mouth.map(({ x, y }) => ({ x, y: y + 50 })).reverse()]
}

function above(m: LegMeasures): Curve {
  return [
    { x: -m.waistHalf, y: m.waistY + 8 },
    { x: -m.waistHalf, y: m.waistY - 60 },
    { x: m.waistHalf, y: m.waistY - 60 },
    { x: m.waistHalf, y: m.waistY + 8 },
  ]
}

function insideMouth(mouth: Curve): Layer {
  const first = mouth[0] ?? { x: 0, y: 0 }
  const last = mouth.at(-1) ?? { x: 0, y: 0 }
  const cx = (first.x + last.x) / 2
  const rx = Math.abs(last.x - first.x) / 2 - 0.6
  return layer('inside_mouth', [part(ellipse(cx, first.y, rx, 3.4), 'lining')], {
    front: false,
    behind: true,
    light: 0.45,
    shadow: 0,
    crumple: 0,
    puff: { height: -2, radius: 8 },
  })
}

function seams(spec: GarmentSpec, m: LegMeasures, isBack: boolean): readonly Line[] {
  const hips = { waistHalf: m.waistHalf, hipHalf: m.hipHalf, waistY: m.waistY, crotchY: m.crotchY }
  const out: Line[] = []
  const centre: Curve = [
    { x: 0, y: m.waistY + 2 },
    { x: 0, y: m.crotchY + 1 },
  ]
  if (spec.type === 'leggings') return [seam(centre, 0.8)]
  if (spec.fabric === 'denim') {
    if (isBack) {
      const yoke = symmetric([
        [0, m.waistY + 34],
        [m.waistHalf * 0.6, m.waistY + 24],
        [m.waistHalf + 12, m.waistY + 12],
      ])
      out.push(
        seam(centre, 1.2),
        seam(yoke, 1),
        stitch(offset(yoke, -2), 0.6),
        stitch(
          centre.map(({ x, y }) => ({ x: x + 2.4, y })),
          0.6,
        ),
      )
    } else out.push(...flyAndPockets(hips))
    const outerSeam = spline([
      [m.hipHalf - 8, m.hipY],
      ...m.knees.map(([y, c, h]) => [c + h - 3.5, y] as const),
    ])
    return [...out, stitch(outerSeam, 0.4), stitch(mirror(outerSeam), 0.4)]
  }
  out.push(seam(centre, 0.9))
  if (isBack) return out
  out.push(
    stitch(
      spline([
        [13, m.waistY + 4],
        [13, m.waistY + 56],
        [1, m.crotchY - 44],
      ]),
      0.4,
    ),
  )
  for (const sign of [-1, 1]) {
    out.push(
      seam(
        [
          { x: sign * m.waistHalf * 0.72, y: m.waistY + 3 },
          { x: sign * (m.hipHalf - 1), y: m.waistY + 66 },
        ],
        1.2,
      ),
    )
    if (spec.type === 'trousers')
      out.push(
        seam(
          [
            { x: sign * m.waistHalf * 0.42, y: m.waistY + 1 },
            { x: sign * m.waistHalf * 0.45, y: m.waistY + 36 },
          ],
          0.8,
        ),
      )
  }
  return out
}

function overlays(spec: GarmentSpec, m: LegMeasures, shape: TrouserShape, isBack: boolean): readonly Part[] {
  const out: Part[] = []
  if (spec.fabric === 'denim') {
    if (isBack) out.push(...backPockets(m.waistY + 46))
    else
      out.push(
        ...rivets({ waistHalf: m.waistHalf, hipHalf: m.hipHalf, waistY: m.waistY, crotchY: m.crotchY }),
      )
  } else if (isBack && spec.type === 'trousers')
    out.push(...[-1, 1].flatMap((sign) => weltPocket(sign * 44, m.waistY + 48, 46, 0)))
  if (spec.type === 'joggers') {
    for (const mouth of shape.mouths)
      out.push(
        part(bandAlong(mouth, 0, 17), 'rib', {
          clipped: true,
          thickness: 0.8,
          shadow: 0.24,
          lines: [seam(offset(mouth, 17), 0.8)],
        }),
      )
    if (hasDetail(spec, 'pockets'))
      out.push(...[-1, 1].flatMap((sign) => patchPocket(sign * (m.hipHalf - 22), m.crotchY + 70, 48, 56)))
  }
  return out
}

/** Whiskers at the hips, creases behind the knee, breaks above the hem. */
function legFolds(m: LegMeasures, random: Random): Layer['folds'] {
  const knee = m.knees[0] ?? ([640, 50, 30] as const)
  const [kneeY, kneeX, kneeHalf] = knee
  const strokes: (readonly [number, number, number, number, number, number, number])[] = [
    [5, m.crotchY - 14, m.hipHalf * 0.72, m.crotchY - 46, 5, 3.4, 0.07],
    [4, m.crotchY + 4, m.hipHalf * 0.78, m.crotchY - 6, 5.5, 3.2, 0.06],
    [8, m.crotchY + 30, m.hipHalf * 0.7, m.crotchY + 44, 6, 2.6, 0.05],
    [m.hipHalf - 5, m.hipY - 30, m.hipHalf * 0.5, m.hipY + 8, 6, 2, -0.05],
  ]
  if (m.hemY > kneeY + 60) {
    strokes.push(
      [kneeX + kneeHalf - 2, kneeY - 26, kneeX - kneeHalf * 0.5, kneeY - 6, 5, 2.6, 0.06],
      [kneeX - kneeHalf + 2, kneeY + 8, kneeX + kneeHalf * 0.6, kneeY + 24, 5, 2.6, 0.06],
      [m.hemCentre + m.hemHalf - 2, m.hemY - 46, m.hemCentre - m.hemHalf * 0.6, m.hemY - 28, 4.5, 2.8, 0.08],
      [m.hemCentre - m.hemHalf + 2, m.hemY - 24, m.hemCentre + m.hemHalf * 0.6, m.hemY - 12, 4.5, 2.6, 0.08],
      [m.thighOuter * 0.52, m.crotchY + 60, kneeX, kneeY - 40, 9, 2.4, 0.02],
    )
  }
  return bothSides(strokes, random)
}

function fadesOf(spec: GarmentSpec, m: LegMeasures, isBack: boolean): readonly Fade[] {
  const strength = hasDetail(spec, 'distressed') ? 0.72 : 0.44
  const knee = m.knees[0] ?? ([640, 50, 30] as const)
  return ([-1, 1] as const).flatMap((sign) => [
    {
      x: sign * m.thighOuter * 0.52,
      y: m.crotchY + (isBack ? 0 : 70),
      rx: 26,
      ry: isBack ? 70 : 100,
      amount: strength,
    },
    { x: sign * knee[1], y: knee[0] + 6, rx: 20, ry: 46, amount: isBack ? strength * 0.3 : strength * 0.9 },
    { x: sign * (m.hemCentre + 4), y: m.hemY - 120, rx: 16, ry: 80, amount: strength * 0.45 },
  ])
}
