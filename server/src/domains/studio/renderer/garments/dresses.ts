import { bandAlong, type Curve, join, mirror, offset, reverse, spline } from '../geometry/curve.ts'
import { type Drawing, type Layer, layer, type Line, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import { type SkirtMeasures, skirtShape } from './drape.ts'
import { bothSides, type Random, sleeveFolds } from './folds.ts'
import { sleeveMeasures, topMeasures } from './measures.ts'
import { facedNeck, innerBack, ribNeck, shirtCollar, turtleNeck } from './neck.ts'
import { backCollar, buttonTint } from './shirts.ts'
import { beyondHem, insideHem } from './skirts.ts'
import { topOpenings } from './top-layers.ts'
import { type TopShape, topShape } from './top-shape.ts'
import { buttonRow, cuff, hemLines, patchPocket, placket, sleeveHem } from './trims.ts'

/** Dresses: a fitted top that grows into a skirt at the waist. */
export function drawDress(spec: GarmentSpec, view: View, random: Random): Drawing {
  const isBack = view === 'back'
  const hasCollar = spec.neck === 'collar' || spec.neck === 'stand'
  const skirt = dressSkirt(spec)
  const base = topMeasures(spec, { ease: spec.type === 'shirt_dress' ? 3 : -4, hemY: 400, hemDrop: 0, neck: spec.neck, waist: 0, flare: 0 })
  const measures = {
    ...base,
    neckDepth: isBack ? base.neckY + (spec.sleeve === 'straps' ? 60 : 9) : spec.type === 'wrap_dress' ? 128 : base.neckDepth,
    waistHalf: skirt.waistHalf,
    waistY: skirt.waistY,
  }
  const shape = topShape(measures, isBack ? 'scoop' : hasCollar || spec.type === 'wrap_dress' ? 'v' : spec.neck, sleeveMeasures(spec, -2))
  const lower = skirtShape(skirt, random)
  const bodice = spline([
    [measures.armpitHalf, measures.armpitY, 1],
    [measures.armpitHalf - (measures.armpitHalf - skirt.waistHalf) * 0.62, measures.armpitY + (skirt.waistY - measures.armpitY) * 0.55],
    [skirt.waistHalf, skirt.waistY],
    ...lower.sideRight.filter((_, index) => index % 12 === 0).slice(1).map((point) => [point.x, point.y] as const),
  ])
  const right = join(shape.shoulderRight, shape.armholeRight.slice(1), bodice.slice(1))
  const outline = join(shape.neckline, right.slice(1), reverse(lower.hem).slice(1), reverse(mirror(right)).slice(1))
  const sleeves = shape.sleeves.map((sleeve) => part(sleeve.curve, 'main', { frame: sleeve.frame, lines: sleeveHem(sleeve, 6) }))
  const shell = part(outline, 'main', { lines: [...lines(spec, shape, skirt), ...hemLines(lower.hem, 5)] })
  const body = layer('body', [...sleeves, shell], {
    overlays: trims(spec, shape, skirt, isBack),
    drape: lower.drape,
    folds: [...dressFolds(shape, skirt, random), ...sleeveFolds(shape.sleeves, random)],
    openings: [...topOpenings(shape).slice(1), beyondHem(lower.hem)],
    crumple: 0.75,
    puff: { height: 36, radius: 48 },
  })
  const neck = isBack ? [] : neckLayers(spec, shape)
  const extra = isBack && hasCollar ? backCollar(spec) : []
  return {
    kind: 'dress',
    layers: [insideHem(lower, skirt), ...neck.filter((one) => one.behind), body, ...belt(spec, skirt), ...neck.filter((one) => !one.behind), ...extra],
    focus: { x: 0, y: 96, width: 220 },
    outline: null,
  }
}

const hemByLength = { mini: 455, short: 500, regular: 610, midi: 690, maxi: 880 } as const

function dressSkirt(spec: GarmentSpec): SkirtMeasures {
  const wish = spec.type === 'evening_dress' && spec.length === 'regular' ? 'maxi' : spec.length
  const hemY = hemByLength[wish] * (spec.wearer === 'kids' ? 0.84 : 1)
  const waistY = spec.type === 'sundress' ? 222 : 232
  const base = { waistY, hemY, waistHalf: spec.fit === 'oversize' ? 92 : spec.fit === 'slim' ? 71 : 76, hipHalf: 104, isPleated: hasDetail(spec, 'pleats') }
  const length = hemY - waistY
  switch (spec.type) {
    case 'knit_dress':
      return { ...base, waistHalf: 80, hipHalf: 97, hemHalf: 88 + length * 0.02, folds: 0, depth: 0 }
    case 'shirt_dress':
      return { ...base, waistHalf: 88, hipHalf: 108, hemHalf: 112 + length * 0.06, folds: 5, depth: 7 }
    case 'evening_dress':
      return { ...base, hemHalf: 110 + length * 0.2, folds: 8, depth: 14 }
    default:
      return { ...base, hipHalf: base.isPleated ? 106 : 108, hemHalf: 108 + length * (spec.fit === 'slim' ? 0.08 : 0.24), folds: base.isPleated ? 15 : 7, depth: base.isPleated ? 8 : 12 }
  }
}

function lines(spec: GarmentSpec, shape: TopShape, skirt: SkirtMeasures): readonly Line[] {
  const out: Line[] = []
  const w = skirt.waistHalf
  if (shape.sleeves.length > 0) out.push(seam(shape.armholeRight, 0.9), seam(mirror(shape.armholeRight), 0.9))
  if (spec.type !== 'knit_dress' && spec.type !== 'shirt_dress') out.push(seam(spline([[-w - 4, skirt.waistY], [0, skirt.waistY + 7], [w + 4, skirt.waistY]]), 1))
  if (spec.type === 'wrap_dress') {
    out.push(seam(spline([[2, shape.measures.neckDepth - 4], [-w * 0.5, skirt.waistY - 22], [-w, skirt.waistY + 2]]), 1.4))
    out.push(seam(spline([[-w * 0.6, skirt.waistY + 4], [-10, (skirt.waistY + skirt.hemY) / 2], [skirt.hemHalf * 0.3, skirt.hemY + 16]]), 1.6))
  } else if (spec.type !== 'shirt_dress' && spec.type !== 'knit_dress') {
    for (const sign of [-1, 1]) out.push(seam(spline([[sign * (w * 0.82), 150], [sign * w * 0.56, 186], [sign * w * 0.5, skirt.waistY + 4]]), 0.6))
  }
  if (hasDetail(spec, 'slit')) out.push(seam(spline([[skirt.hemHalf * 0.42, skirt.hemY + 12], [skirt.hipHalf * 0.52, skirt.hemY - (skirt.hemY - skirt.waistY) * 0.58]]), 2.6))
  return out
}

function trims(spec: GarmentSpec, shape: TopShape, skirt: SkirtMeasures, isBack: boolean): readonly Part[] {
  const parts: Part[] = []
  if (spec.type === 'knit_dress') {
    parts.push(ribNeck(shape.neckline, isBack ? 7 : 10, 'rib'), ...shape.sleeves.map((sleeve) => cuff(sleeve, 20, 'rib')))
  } else if (spec.neck !== 'collar') parts.push(...facedNeck(shape.neckline))
  if (hasDetail(spec, 'ruffles')) parts.push(...ruffles(skirt))
  if (isBack) return parts
  if (spec.type === 'shirt_dress' || hasDetail(spec, 'buttons')) {
    const top = spec.neck === 'collar' ? 12 : shape.measures.neckDepth - 2
    const bottom = skirt.hemY + 14
    parts.push(placket(top, bottom, 7.5), ...buttonRow(0, Math.max(top + 12, 48), bottom - 46, Math.round((bottom - top) / 46), { radius: 2.8, tint: buttonTint(spec) }))
  }
  if (spec.type === 'shirt_dress') parts.push(...shape.sleeves.map((sleeve) => cuff(sleeve, 19, 'main', 'stitch')))
  if (hasDetail(spec, 'pockets')) parts.push(...[-1, 1].flatMap((sign) => patchPocket(sign * 58, skirt.waistY + 66, 46, 52)))
  return parts
}

/** Two gathered frills above the hem. */
function ruffles(skirt: SkirtMeasures): readonly Part[] {
  return [0.62, 0.82].map((share) => {
    const y = skirt.waistY + (skirt.hemY - skirt.waistY) * share
    const half = skirt.hipHalf + (skirt.hemHalf - skirt.hipHalf) * share + 20
    const top = spline([[-half, y], [0, y + 9], [half, y]])
    const edge = Array.from({ length: 60 }, (_, i) => {
      const across = (i / 59) * 2 - 1
      return { x: across * half, y: y + 34 + 9 * (1 - across * across) + 3.4 * Math.sin(i * 1.35) }
    })
    return part(join(top, reverse(edge)), 'main', { clipped: true, thickness: 1.6, shadow: 0.34, lines: [seam(top, 1.2)] })
  })
}

function neckLayers(spec: GarmentSpec, shape: TopShape): readonly Layer[] {
  if (spec.neck === 'collar') return shirtCollar({ neckHalf: shape.measures.neckHalf, open: 32, leaf: 40, cloth: 'main' })
  if (spec.neck === 'turtle') {
    const { mouth, tube } = turtleNeck(shape.measures.neckHalf, shape.measures.neckDepth)
    return [mouth, tube]
  }
  return [innerBack(shape, spec.type === 'knit_dress' ? 'rib' : 'none')]
}

function belt(spec: GarmentSpec, skirt: SkirtMeasures): readonly Layer[] {
  const tied = spec.type === 'wrap_dress' || hasDetail(spec, 'drawstring')
  if (!tied && !hasDetail(spec, 'belt')) return []
  const { waistHalf: half, waistY: y } = skirt
  const upper = spline([[-half - 2, y - 9], [0, y - 3], [half + 2, y - 9]])
  const lower = spline([[-half - 2, y + 7], [0, y + 13], [half + 2, y + 7]])
  const knotX = tied ? -half * 0.5 : 0
  const tail = (bend: number, length: number): Curve => bandAlong(spline([[knotX, y + 4], [knotX + bend * 0.5, y + length * 0.45], [knotX + bend, y + length]]), -4.5, 5)
  const overlays: Part[] = tied
    ? [part(tail(-16, 104), 'belt', { thickness: 1, shadow: 0.34 }), part(tail(14, 88), 'belt', { thickness: 1, shadow: 0.34 }), part(spline([[knotX - 8, y - 6, 1], [knotX + 8, y - 5, 1], [knotX + 7, y + 12, 1], [knotX - 7, y + 12, 1]]), 'belt', { thickness: 1.6, shadow: 0.4 })]
    : [part([{ x: -12, y: y - 8 }, { x: 12, y: y - 8 }, { x: 12, y: y + 16 }, { x: -12, y: y + 16 }], 'thing', { tint: '#c4b393', metal: true, thickness: 1.2, shadow: 0.4 }), part([{ x: -8, y: y - 4 }, { x: 8, y: y - 4 }, { x: 8, y: y + 12 }, { x: -8, y: y + 12 }], 'plain', { thickness: -0.8, shadow: 0.1 })]
  return [layer('belt', [part(join(upper, reverse(lower)), 'belt', { lines: [stitch(offset(upper, -2.2), 0.45), stitch(offset(lower, 2.2), 0.45)] })], { puff: { height: 3, radius: 7 }, crumple: 0.5, shadow: 0.34, overlays })]
}

function dressFolds(shape: TopShape, skirt: SkirtMeasures, random: Random): Layer['folds'] {
  const { armpitHalf: a, armpitY: y } = shape.measures
  const w = skirt.waistHalf
  return bothSides(
    [
      [a - 3, y + 4, a * 0.42, y + 44, 5.5, 3, 0.08],
      [w - 2, skirt.waistY - 12, w * 0.3, skirt.waistY - 34, 5.5, 2.6, 0.06],
      [w - 2, skirt.waistY - 26, w * 0.4, skirt.waistY - 64, 6, 2.4, 0.06],
      [w * 0.5, skirt.waistY + 8, w * 0.66, skirt.waistY + 96, 6, 2.8, 0.03],
      [w * 0.16, skirt.waistY + 10, w * 0.2, skirt.waistY + 110, 6, 2.4, 0.02],
    ],
    random,
  )
}
