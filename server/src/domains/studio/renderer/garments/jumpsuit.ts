import { type Curve, join, mirror, offset, reverse, spline } from '../geometry/curve.ts'
import { type Drawing, layer, part, seam, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import { bothSides, type Random, sleeveFolds } from './folds.ts'
import { legMeasures } from './leg-measures.ts'
import { sleeveMeasures, topMeasures } from './measures.ts'
import { facedNeck, innerBack, shirtCollar } from './neck.ts'
import { buttonTint } from './shirts.ts'
import { topOpenings } from './top-layers.ts'
import { topShape } from './top-shape.ts'
import { buttonRow, placket, sleeveHem } from './trims.ts'

/** A bodice joined to trousers at a belted waist. */
export function drawJumpsuit(spec: GarmentSpec, view: View, random: Random): Drawing {
  const isBack = view === 'back'
  const legs = { ...legMeasures(spec), waistY: 236, waistHalf: 79, hipHalf: 106 }
  const base = topMeasures(spec, { ease: 0, hemY: 400, hemDrop: 0, neck: spec.neck, waist: 0, flare: 0 })
  const measures = { ...base, neckDepth: isBack ? base.neckY + 9 : base.neckDepth, waistHalf: legs.waistHalf, waistY: legs.waistY }
  const shape = topShape(measures, isBack ? 'crew' : spec.neck === 'collar' ? 'v' : spec.neck, sleeveMeasures(spec, 0))
  const side = spline([
    [measures.armpitHalf, measures.armpitY, 1],
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
  const outline = join(shape.neckline, right.slice(1), reverse(mirror(right)).slice(1))
  const hem: Curve = [{ x: legs.hemCentre - legs.hemHalf, y: legs.hemY - 6 }, { x: legs.hemCentre + legs.hemHalf, y: legs.hemY - 6 }]
  const centre: Curve = [{ x: 0, y: isBack ? measures.neckDepth : legs.waistY }, { x: 0, y: legs.crotchY }]
  const armholes = shape.sleeves.length === 0 ? [] : [seam(shape.armholeRight, 0.9), seam(mirror(shape.armholeRight), 0.9)]
  const pockets = isBack ? [] : [-1, 1].map((sign) => seam([{ x: sign * legs.waistHalf * 0.7, y: legs.waistY + 10 }, { x: sign * (legs.hipHalf - 1), y: legs.waistY + 76 }], 1.2))
  const sleeves = shape.sleeves.map((sleeve) => part(sleeve.curve, 'main', { frame: sleeve.frame, lines: sleeveHem(sleeve, 6) }))
  const front = isBack ? [] : [placket(measures.neckDepth - 2, legs.waistY, 7), ...buttonRow(0, measures.neckDepth + 12, legs.waistY - 22, 4, { radius: 2.8, tint: buttonTint(spec) })]
  const body = layer('body', [...sleeves, part(outline, 'main', { lines: [...armholes, ...pockets, seam(centre, 0.9), stitch(hem, 0.6), stitch(mirror(hem), 0.6)] })], {
    overlays: [...(spec.neck === 'collar' || isBack ? [] : facedNeck(shape.neckline)), ...front],
    openings: [...topOpenings(shape).slice(1), ...[hem, mirror(hem)].map((line) => [...line, ...line.map(({ x, y }) => ({ x, y: y + 60 })).reverse()])],
    folds: [
      ...bothSides(
        [
          [5, legs.crotchY - 10, legs.hipHalf * 0.72, legs.crotchY - 46, 6, 3, 0.06],
          [5, legs.crotchY + 16, legs.hipHalf * 0.74, legs.crotchY + 20, 6, 2.8, 0.05],
          [legs.waistHalf * 0.4, legs.waistY + 10, legs.waistHalf * 0.6, legs.waistY + 110, 6, 2.8, 0.03],
          [measures.armpitHalf - 3, measures.armpitY + 4, 40, measures.armpitY + 50, 6, 3, 0.08],
          [legs.waistHalf - 4, legs.waistY - 12, 26, legs.waistY - 30, 6, 3, 0.06],
          [legs.thighOuter * 0.5, legs.crotchY + 60, legs.hemCentre, legs.hemY - 60, 10, 3, 0.02],
        ],
        random,
      ),
      ...sleeveFolds(shape.sleeves, random),
    ],
    crumple: 0.9,
  })
  const y = legs.waistY
  const top = spline([[-legs.waistHalf - 1, y - 9], [0, y - 3], [legs.waistHalf + 1, y - 9]])
  const bottom = spline([[-legs.waistHalf - 1, y + 8], [0, y + 14], [legs.waistHalf + 1, y + 8]])
  const waist = layer('waistband', [part(join(top, reverse(bottom)), 'belt', { lines: [stitch(offset(top, -2), 0.5), stitch(offset(bottom, 2), 0.5)] })], {
    puff: { height: 3, radius: 7 },
    crumple: hasDetail(spec, 'belt') ? 0.3 : 0.7,
    shadow: 0.34,
  })
  const neck = isBack ? [] : spec.neck === 'collar' ? shirtCollar({ neckHalf: measures.neckHalf, open: 32, leaf: 40, cloth: 'main' }) : [innerBack(shape, 'none')]
  return {
    kind: 'other',
    layers: [...neck.filter((one) => one.behind), body, waist, ...neck.filter((one) => !one.behind)],
    focus: { x: 0, y: 110, width: 220 },
    outline: null,
  }
}
