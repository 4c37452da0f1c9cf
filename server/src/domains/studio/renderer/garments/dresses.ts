import { join, mirror, reverse, spline } from '../geometry/curve.ts'
import { type Drawing, type Layer, layer, part } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import { type SkirtMeasures, skirtShape } from './drape.ts'
import { dressBelt, dressLines, dressTrims } from './dress-trims.ts'
import { bothSides, type Random, sleeveFolds } from './folds.ts'
import { sleeveMeasures, topMeasures } from './measures.ts'
import { innerBack, shirtCollar, turtleNeck } from './neck.ts'
import { backCollar } from './shirts.ts'
import { beyondHem, insideHem } from './skirts.ts'
import { topOpenings } from './top-layers.ts'
import { type TopShape, topShape } from './top-shape.ts'
import { hemLines, sleeveHem } from './trims.ts'

/** Dresses: a fitted top that grows into a skirt at the waist. */
export function drawDress(spec: GarmentSpec, view: View, random: Random): Drawing {
  const isBack = view === 'back'
  const hasCollar = spec.neck === 'collar' || spec.neck === 'stand'
  const skirt = dressSkirt(spec)
  const base = topMeasures(spec, {
    ease: spec.type === 'shirt_dress' ? 3 : -4,
    hemY: 400,
    hemDrop: 0,
    neck: spec.neck,
    waist: 0,
    flare: 0,
  })
  const measures = {
    ...base,
    neckDepth: isBack
      ? base.neckY + (spec.sleeve === 'straps' ? 60 : 9)
      : spec.type === 'wrap_dress'
        ? 128
        : base.neckDepth,
    waistHalf: skirt.waistHalf,
    waistY: skirt.waistY,
  }
  const shape = topShape(
    measures,
    isBack ? 'scoop' : hasCollar || spec.type === 'wrap_dress' ? 'v' : spec.neck,
    sleeveMeasures(spec, -2),
  )
  const lower = skirtShape(skirt, random)
  const bodice = spline([
    [measures.armpitHalf, measures.armpitY, 1],
    [
      measures.armpitHalf - (measures.armpitHalf - skirt.waistHalf) * 0.62,
      measures.armpitY + (skirt.waistY - measures.armpitY) * 0.55,
    ],
    [skirt.waistHalf, skirt.waistY],
    ...lower.sideRight
      .filter((_, index) => index % 12 === 0)
      .slice(1)
      .map((point) => [point.x, point.y] as const),
  ])
  const right = join(shape.shoulderRight, shape.armholeRight.slice(1), bodice.slice(1))
  const outline = join(
    shape.neckline,
    right.slice(1),
    reverse(lower.hem).slice(1),
    reverse(mirror(right)).slice(1),
  )
  const sleeves = shape.sleeves.map((sleeve) =>
    part(sleeve.curve, 'main', { frame: sleeve.frame, lines: sleeveHem(sleeve, 6) }),
  )
  const shell = part(outline, 'main', {
    lines: [...dressLines(spec, shape, skirt), ...hemLines(lower.hem, 5)],
  })
  const body = layer('body', [...sleeves, shell], {
    overlays: dressTrims(spec, shape, skirt, isBack),
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
    layers: [
      insideHem(lower, skirt),
      ...neck.filter((one) => one.behind),
      body,
      ...dressBelt(spec, skirt),
      ...neck.filter((one) => !one.behind),
      ...extra,
    ],
    focus: { x: 0, y: 96, width: 220 },
    outline: null,
  }
}

const hemByLength = { mini: 455, short: 500, regular: 610, midi: 690, maxi: 880 } as const

function dressSkirt(spec: GarmentSpec): SkirtMeasures {
  const wish = spec.type === 'evening_dress' && spec.length === 'regular' ? 'maxi' : spec.length
  const hemY = hemByLength[wish] * (spec.wearer === 'kids' ? 0.84 : 1)
  const waistY = spec.type === 'sundress' ? 222 : 232
  const base = {
    waistY,
    hemY,
    waistHalf: spec.fit === 'oversize' ? 92 : spec.fit === 'slim' ? 71 : 76,
    hipHalf: 104,
    isPleated: hasDetail(spec, 'pleats'),
  }
  const length = hemY - waistY
  switch (spec.type) {
    case 'knit_dress':
      return { ...base, waistHalf: 80, hipHalf: 97, hemHalf: 88 + length * 0.02, folds: 0, depth: 0 }
    case 'shirt_dress':
      return { ...base, waistHalf: 88, hipHalf: 108, hemHalf: 112 + length * 0.06, folds: 5, depth: 7 }
    case 'evening_dress':
      return { ...base, hemHalf: 110 + length * 0.2, folds: 8, depth: 14 }
    default:
      return {
        ...base,
        hipHalf: base.isPleated ? 106 : 108,
        hemHalf: 108 + length * (spec.fit === 'slim' ? 0.08 : 0.24),
        folds: base.isPleated ? 15 : 7,
        depth: base.isPleated ? 8 : 12,
      }
  }
}

function neckLayers(spec: GarmentSpec, shape: TopShape): readonly Layer[] {
  if (spec.neck === 'collar')
    return shirtCollar({ neckHalf: shape.measures.neckHalf, open: 32, leaf: 40, cloth: 'main' })
  if (spec.neck === 'turtle') {
    const { mouth, tube } = turtleNeck(shape.measures.neckHalf, shape.measures.neckDepth)
    return [mouth, tube]
  }
  return [innerBack(shape, spec.type === 'knit_dress' ? 'rib' : 'none')]
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
