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
import { bothSides, type Random, sleeveFolds } from './folds.ts'
import { type LegMeasures, legMeasures } from './leg-measures.ts'
import { sleeveMeasures, topMeasures } from './measures.ts'
import { facedNeck, innerBack, shirtCollar } from './neck.ts'
import { buttonTint } from './shirts.ts'
import { topOpenings } from './top-layers.ts'
import { type TopMeasures, type TopShape, topShape } from './top-shape.ts'
import { buttonRow, placket, sleeveHem } from './trims.ts'

/** A bodice joined to trousers at a belted waist. */
export function drawJumpsuit(spec: GarmentSpec, view: View, random: Random): Drawing {
  const isBack = view === 'back'
  const legs = { ...legMeasures(spec), waistY: 236, waistHalf: 79, hipHalf: 106 }
  const base = topMeasures(spec, { ease: 0, hemY: 400, hemDrop: 0, neck: spec.neck, waist: 0, flare: 0 })
  const measures = {
    ...base,
    neckDepth: isBack ? base.neckY + 9 : base.neckDepth,
    waistHalf: legs.waistHalf,
    waistY: legs.waistY,
  }
  const opening = spec.neck === 'collar' ? 'v' : spec.neck
  const shape = topShape(measures, isBack ? 'crew' : opening, sleeveMeasures(spec, 0))
  const hem: Curve = [
    { x: legs.hemCentre - legs.hemHalf, y: legs.hemY - 6 },
    { x: legs.hemCentre + legs.hemHalf, y: legs.hemY - 6 },
  ]
  const sleeves = shape.sleeves.map((sleeve) =>
    part(sleeve.curve, 'main', { frame: sleeve.frame, lines: sleeveHem(sleeve, 6) }),
  )
  const trunk = part(outlineOf(shape, legs), 'main', { lines: linesOf(shape, legs, hem, isBack) })
  const body = layer('body', [...sleeves, trunk], {
    overlays: isBack ? [] : frontOf(spec, shape, legs),
    openings: [...topOpenings(shape).slice(1), below(hem), below(mirror(hem))],
    folds: [...foldsOf(measures, legs, random), ...sleeveFolds(shape.sleeves, random)],
    crumple: 0.9,
  })
  const neck = isBack ? [] : neckOf(spec, shape)
  return {
    kind: 'other',
    layers: [
      ...neck.filter((one) => one.behind),
      body,
      waistOf(spec, legs),
      ...neck.filter((one) => !one.behind),
    ],
    focus: { x: 0, y: 110, width: 220 },
    outline: null,
  }
}

function outlineOf(shape: TopShape, legs: LegMeasures): Curve {
  const { armpitHalf, armpitY } = shape.measures
  const side = spline([
    [armpitHalf, armpitY, 1],
    [legs.waistHalf + 6, legs.waistY - 40],
    [legs.waistHalf, legs.waistY],
    [legs.hipHalf - 5, legs.waistY + 54],
    [legs.hipHalf, legs.hipY],
    [legs.thighOuter + 3, legs.crotchY + 30],
    ...legs.knees.map(([y, centre, half]) => [centre + half, y] as const),
    [legs.hemCentre + legs.hemHalf, legs.hemY, 1],
  ])
  const inner = spline([
    [legs.hemCentre - legs.hemHalf, legs.hemY, 1],
    ...[...legs.knees].reverse().map(([y, centre, half]) => [centre - half, y] as const),
    [3.2, legs.crotchY + 44],
    [0, legs.crotchY, 1],
  ])
  const right = join(shape.shoulderRight, shape.armholeRight.slice(1), side.slice(1), inner)
  return join(shape.neckline, right.slice(1), reverse(mirror(right)).slice(1))
}

function below(hem: Curve): Curve {
  return [...hem, ...hem.map(({ x, y }) => ({ x, y: y + 60 })).reverse()]
}

function linesOf(shape: TopShape, legs: LegMeasures, hem: Curve, isBack: boolean): readonly Line[] {
  const centreTop = isBack ? shape.measures.neckDepth : legs.waistY
  const out: Line[] = [
    seam(
      [
        { x: 0, y: centreTop },
        { x: 0, y: legs.crotchY },
      ],
      0.9,
    ),
    stitch(hem, 0.6),
    stitch(mirror(hem), 0.6),
  ]
  if (shape.sleeves.length > 0) out.push(seam(shape.armholeRight, 0.9), seam(mirror(shape.armholeRight), 0.9))
  if (isBack) return out
  const pocket: Curve = [
    { x: legs.waistHalf * 0.7, y: legs.waistY + 10 },
    { x: legs.hipHalf - 1, y: legs.waistY + 76 },
  ]
  return [...out, seam(pocket, 1.2), seam(mirror(pocket), 1.2)]
}

function frontOf(spec: GarmentSpec, shape: TopShape, legs: LegMeasures): readonly Part[] {
  const { neckDepth } = shape.measures
  return [
    ...(spec.neck === 'collar' ? [] : facedNeck(shape.neckline)),
    placket(neckDepth - 2, legs.waistY, 7),
    ...buttonRow(0, neckDepth + 12, legs.waistY - 22, 4, { radius: 2.8, tint: buttonTint(spec) }),
  ]
}

function foldsOf(m: TopMeasures, legs: LegMeasures, random: Random): Layer['folds'] {
  return bothSides(
    [
      [5, legs.crotchY - 10, legs.hipHalf * 0.72, legs.crotchY - 46, 6, 3, 0.06],
      [5, legs.crotchY + 16, legs.hipHalf * 0.74, legs.crotchY + 20, 6, 2.8, 0.05],
      [legs.waistHalf * 0.4, legs.waistY + 10, legs.waistHalf * 0.6, legs.waistY + 110, 6, 2.8, 0.03],
      [m.armpitHalf - 3, m.armpitY + 4, 40, m.armpitY + 50, 6, 3, 0.08],
      [legs.waistHalf - 4, legs.waistY - 12, 26, legs.waistY - 30, 6, 3, 0.06],
      [legs.thighOuter * 0.5, legs.crotchY + 60, legs.hemCentre, legs.hemY - 60, 10, 3, 0.02],
    ],
    random,
  )
}

function waistOf(spec: GarmentSpec, legs: LegMeasures): Layer {
  const y = legs.waistY
  const half = legs.waistHalf + 1
  const top = spline([
    [-half, y - 9],
    [0, y - 3],
    [half, y - 9],
  ])
  const bottom = spline([
    [-half, y + 8],
    [0, y + 14],
    [half, y + 8],
  ])
  const lines = [stitch(offset(top, -2), 0.5), stitch(offset(bottom, 2), 0.5)]
  return layer('waistband', [part(join(top, reverse(bottom)), 'belt', { lines })], {
    puff: { height: 3, radius: 7 },
    crumple: hasDetail(spec, 'belt') ? 0.3 : 0.7,
    shadow: 0.34,
  })
}

function neckOf(spec: GarmentSpec, shape: TopShape): readonly Layer[] {
  if (spec.neck !== 'collar') return [innerBack(shape, 'none')]
  return shirtCollar({ neckHalf: shape.measures.neckHalf, open: 32, leaf: 40, cloth: 'main' })
}
