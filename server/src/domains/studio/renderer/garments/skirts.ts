import { type Curve, join, mirror, offset, reverse, spline } from '../geometry/curve.ts'
import {
  type Drawing,
  type Layer,
  type Line,
  layer,
  type Part,
  part,
  seam,
  stitch,
} from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import { type SkirtMeasures, type SkirtShape, skirtShape } from './drape.ts'
import { bothSides, type Random } from './folds.ts'
import { backPockets, beltLoops, flyAndPockets } from './jean-trims.ts'
import { button, buttonRow, hemLines, patchPocket } from './trims.ts'

/** Skirts of every width, from pencil to full circle. */
export function drawSkirt(spec: GarmentSpec, view: View, random: Random): Drawing {
  const m = skirtMeasures(spec)
  const shape = skirtShape(m, random)
  const bandY = m.waistY - 17
  const waistTop = waistLine(m.waistHalf - 1.5, bandY)
  const body = join(
    waistLine(m.waistHalf, m.waistY - 2),
    shape.sideRight.slice(1),
    reverse(shape.hem).slice(1),
    reverse(mirror(shape.sideRight)).slice(1),
  )
  const isJeans = spec.type === 'denim_skirt'
  const shell = part(body, 'main', {
    lines: lines(spec, m, shape, view),
    fades: isJeans ? denimFades(m) : [],
  })
  const skirt = layer('body', [shell], {
    overlays: trims(spec, m, view),
    drape: shape.drape,
    folds: m.folds === 0 ? narrowFolds(m, random) : [],
    crumple: m.isPleated ? 0.15 : 0.7,
    puff: { height: 38, radius: 50 },
    openings: [beyondHem(shape.hem), aboveWaist(m)],
  })
  return {
    kind: 'skirt',
    layers: [insideHem(shape, m), ...insideWaist(m.waistHalf, bandY), skirt, waistband(spec, m, waistTop)],
    focus: { x: 0, y: m.waistY + 70, width: 190 },
    outline: null,
  }
}

const hemByLength = { mini: 425, short: 470, regular: 560, midi: 640, maxi: 850 } as const

function skirtMeasures(spec: GarmentSpec): SkirtMeasures {
  const waistY = 244
  const length = spec.type === 'pleated_skirt' && spec.length === 'regular' ? 'midi' : spec.length
  const hemY =
    (spec.type === 'denim_skirt' && length === 'regular' ? 450 : hemByLength[length]) *
    (spec.wearer === 'kids' ? 0.86 : 1)
  const base = { waistY, hemY, waistHalf: 72, hipHalf: 102, isPleated: false }
  switch (spec.type) {
    case 'pencil_skirt':
      return { ...base, hemY: spec.length === 'regular' ? 600 : hemY, hemHalf: 84, folds: 0, depth: 0 }
    case 'denim_skirt':
      return { ...base, hemHalf: 112 + (hemY - 450) * 0.12, folds: 0, depth: 0 }
    case 'pleated_skirt':
      return {
        ...base,
        hipHalf: 108,
        hemHalf: 112 + (hemY - waistY) * 0.19,
        folds: 17,
        depth: 9,
        isPleated: true,
      }
    default: {
      if (hasDetail(spec, 'pleats'))
        return {
          ...base,
          hipHalf: 108,
          hemHalf: 112 + (hemY - waistY) * 0.19,
          folds: 15,
          depth: 9,
          isPleated: true,
        }
      const flare = spec.fit === 'oversize' ? 0.46 : spec.fit === 'slim' ? 0.12 : 0.28
      return { ...base, hipHalf: 110, hemHalf: 108 + (hemY - waistY) * flare, folds: 7, depth: 13 }
    }
  }
}

export function waistLine(half: number, y: number): Curve {
  return spline([
    [-half, y],
    [-half * 0.5, y + 4.5],
    [0, y + 6],
    [half * 0.5, y + 4.5],
    [half, y],
  ])
}

function waistband(spec: GarmentSpec, m: SkirtMeasures, top: Curve): Layer {
  const bottom = waistLine(m.waistHalf + 1, m.waistY)
  const curve = join(top, reverse(bottom))
  const elastic = spec.type === 'pleated_skirt' || spec.fabric === 'chiffon'
  const lines = elastic ? [] : [stitch(offset(bottom, 2.4), 0.5), stitch(offset(top, -2.4), 0.5)]
  const overlays: Part[] =
    spec.type === 'denim_skirt'
      ? [...beltLoops(m.waistHalf, m.waistY - 17, 19), ...button(0, m.waistY - 3, 4.2, '#b09a7e', true)]
      : []
  return layer('waistband', [part(curve, elastic ? 'rib' : 'plain', { lines })], {
    puff: { height: 2.6, radius: 7 },
    crumple: 0.3,
    shadow: 0.28,
    overlays,
  })
}

/** The back of the waistband seen through the waist. */
export function insideWaist(half: number, y: number): readonly Layer[] {
  const top = spline([
    [-half + 1.5, y],
    [-half * 0.5, y - 3.5],
    [0, y - 5],
    [half * 0.5, y - 3.5],
    [half - 1.5, y],
  ])
  const curve = join(top, reverse(waistLine(half - 1.5, y + 6)))
  return [
    layer('inside_waist', [part(curve, 'lining')], {
      front: false,
      behind: true,
      light: 0.55,
      shadow: 0,
      crumple: 0,
      puff: { height: -3, radius: 20 },
    }),
  ]
}

/** The far side of a wide hem shows below the near one. */
export function insideHem(shape: SkirtShape, m: { readonly hemHalf: number; readonly hemY: number }): Layer {
  const half = m.hemHalf * 0.955
  const back = spline([
    [-half, m.hemY - 5],
    [-half * 0.5, m.hemY + 2],
    [0, m.hemY + 4],
    [half * 0.5, m.hemY + 2],
    [half, m.hemY - 5],
  ])
  return layer(
    'inside_hem',
    [part(join(back, reverse(shape.hem.map(({ x, y }) => ({ x: x * 0.95, y: y - 18 })))), 'lining')],
    {
      front: false,
      behind: true,
      light: 0.5,
      shadow: 0,
      crumple: 0,
      puff: { height: -4, radius: 20 },
    },
  )
}

export function beyondHem(hem: Curve): Curve {
  return [...hem, ...hem.map(({ x, y }) => ({ x: x * 1.04, y: y + 60 })).reverse()]
}

function aboveWaist(m: SkirtMeasures): Curve {
  return [
    { x: -m.waistHalf, y: m.waistY + 8 },
    { x: -m.waistHalf, y: m.waistY - 60 },
    { x: m.waistHalf, y: m.waistY - 60 },
    { x: m.waistHalf, y: m.waistY + 8 },
  ]
}

function lines(spec: GarmentSpec, m: SkirtMeasures, shape: SkirtShape, view: View): readonly Line[] {
  const out: Line[] = [...hemLines(shape.hem, spec.type === 'denim_skirt' ? 9 : 6)]
  if (spec.type === 'denim_skirt' && view !== 'back')
    out.push(
      ...flyAndPockets({
        waistHalf: m.waistHalf,
        hipHalf: m.hipHalf,
        waistY: m.waistY,
        crotchY: m.waistY + 120,
      }),
    )
  if (spec.type === 'pencil_skirt') {
    for (const sign of [-1, 1])
      out.push(
        seam(
          spline([
            [sign * 34, m.waistY],
            [sign * 38, m.waistY + 34],
            [sign * 40, m.waistY + 62],
          ]),
          0.7,
        ),
      )
    if (view === 'back' || hasDetail(spec, 'slit'))
      out.push(
        seam(
          [
            { x: 0, y: m.hemY - 100 },
            { x: 0, y: m.hemY + 12 },
          ],
          2.2,
        ),
      )
  } else if (hasDetail(spec, 'slit'))
    out.push(
      seam(
        [
          { x: m.hemHalf * 0.45, y: m.hemY + 12 },
          { x: m.hipHalf * 0.5, y: m.hemY - (m.hemY - m.waistY) * 0.55 },
        ],
        2.6,
      ),
    )
  return out
}

function trims(spec: GarmentSpec, m: SkirtMeasures, view: View): readonly Part[] {
  const out: Part[] = []
  if (spec.type === 'denim_skirt' && view === 'back') out.push(...backPockets(m.waistY + 36))
  if (view === 'back') return out
  if (hasDetail(spec, 'buttons'))
    out.push(
      ...buttonRow(0, m.waistY + 18, m.hemY - 24, Math.round((m.hemY - m.waistY) / 38), {
        radius: 3.2,
        tint: '#8a6a48',
      }),
    )
  if (hasDetail(spec, 'pockets') && spec.type !== 'denim_skirt')
    out.push(...[-1, 1].flatMap((sign) => patchPocket(sign * 56, m.waistY + 46, 44, 50)))
  return out
}

function narrowFolds(m: SkirtMeasures, random: Random): Layer['folds'] {
  const hipY = m.waistY + 100
  return bothSides(
    [
      [m.hipHalf - 4, hipY - 10, 20, hipY + 14, 7, 2.6, 0.06],
      [m.hipHalf - 4, hipY + 12, 34, hipY + 24, 7, 2.4, -0.05],
      [m.hemHalf - 6, m.hemY - 30, m.hemHalf * 0.3, m.hemY - 90, 9, 2.2, 0.04],
    ],
    random,
  )
}

function denimFades(m: SkirtMeasures): Part['fades'] {
  return [-1, 1].map((sign) => ({
    x: sign * m.hipHalf * 0.5,
    y: m.waistY + 110,
    rx: 32,
    ry: 60,
    amount: 0.26,
  }))
}
