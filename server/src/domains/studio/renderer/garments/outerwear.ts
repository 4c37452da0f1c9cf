import { mirror, spline } from '../geometry/curve.ts'
import { type Drawing, type Line, type Part, seam, stitch } from '../geometry/drawing.ts'
import type { GarmentSpec, View } from '../spec.ts'
import { bothSides, type Random } from './folds.ts'
import { sleeveMeasures, topHemY, topMeasures } from './measures.ts'
import { beltLayer, outerBackNeck, outerNeck } from './outer-neck.ts'
import { type OuterStyle, outerStyle } from './outer-styles.ts'
import { frontEdge, outerTrim } from './outer-trims.ts'
import { outlineOf } from './outline.ts'
import { topLayer } from './top-layers.ts'
import { type TopShape, topShape } from './top-shape.ts'
import { cuff, hemBand, hemLines, sleeveHem } from './trims.ts'

/** Hems below this lie on the thigh, units below the neck. */
const longHemY = 460

/** Cardigans, jackets, blazers, coats, vests and chapans: everything that opens down the front. */
export function drawOuterwear(spec: GarmentSpec, view: View, random: Random): Drawing {
  const style = outerStyle(spec)
  const isBack = view === 'back'
  const isLong = topHemY(spec, style.hemY) > longHemY
  const measures = {
    ...topMeasures(spec, {
      ease: style.ease,
      hemY: topHemY(spec, style.hemY),
      hemDrop: 4,
      neck: 'v',
      waist: style.waist,
      flare: style.flare,
    }),
    neckDepth: isBack ? 4 : style.neckDepth,
  }
  const shape = topShape(
    measures,
    isBack ? 'crew' : style.opening === 'round' ? 'crew' : 'v',
    sleeveOf(spec, style),
  )
  const body = topLayer(
    shape,
    {
      overlays: [...bands(spec, style, shape), ...outerTrim(spec, style, shape, isBack)],
      bodyLines: [
        ...(style.ribbed || style.opening === 'chapan' ? [] : hemLines(shape.hem, 8)),
        ...(isBack ? backLines(style, shape) : [...frontLines(style, shape), ...frontEdge(style, shape)]),
      ],
      sleeveLines: (sleeve) => (style.ribbed ? [] : sleeveHem(sleeve, 9)),
      more: { crumple: style.crumple, puff: { height: 40, radius: 54 }, quilt: style.quilt, shadow: 0.42 },
      sleeveCloth: 'main',
    },
    random,
  )
  const skirtFolds =
    style.hemY > 460
      ? bothSides(
          [
            [measures.hemHalf * 0.3, 300, measures.hemHalf * 0.42, measures.hemY + 10, 10, 3.2, 0.02],
            [measures.hemHalf * 0.62, 320, measures.hemHalf * 0.72, measures.hemY + 10, 10, 3.4, -0.02],
          ],
          random,
        )
      : []
  const neck = isBack ? [] : outerNeck(spec, style, shape)
  const tail = isBack ? outerBackNeck(spec, style) : []
  const belt = style.belted ? [beltLayer(shape, isBack)] : []
  return {
    // A long coat fitted to the hips would be another garment: it is no top.
    kind: isLong ? 'other' : 'top',
    layers: [
      ...neck.filter((one) => one.behind),
      { ...body, folds: [...body.folds, ...skirtFolds] },
      ...belt,
      ...neck.filter((one) => !one.behind),
      ...tail,
    ],
    focus: { x: 10, y: style.opening === 'lapel' ? 96 : 80, width: 200 },
    outline: isBack || isLong ? null : outlineOf(shape),
  }
}

function sleeveOf(spec: GarmentSpec, style: OuterStyle): ReturnType<typeof sleeveMeasures> {
  const sleeve = sleeveMeasures(spec, style.ease + 2)
  if (sleeve === null || style.opening !== 'chapan') return sleeve
  return { ...sleeve, middleHalf: sleeve.middleHalf + 4, endHalf: 32 }
}

function bands(spec: GarmentSpec, style: OuterStyle, shape: TopShape): readonly Part[] {
  if (style.opening === 'chapan') return []
  if (!style.ribbed)
    return style.cuffed ? shape.sleeves.map((sleeve) => cuff(sleeve, 19, 'main', 'stitch')) : []
  const cloth = spec.accent !== null && spec.pattern === 'plain' ? 'rib_accent' : 'rib'
  return [hemBand(shape, 24, cloth), ...shape.sleeves.map((sleeve) => cuff(sleeve, 22, cloth))]
}

/** Princess seams and yokes. */
function frontLines(style: OuterStyle, shape: TopShape): readonly Line[] {
  const m = shape.measures
  if (style.seams === 'princess') {
    const right = spline([
      [m.armpitHalf - 6, 92],
      [m.waistHalf * 0.58, 150],
      [m.waistHalf * 0.56, m.waistY],
      [m.hemHalf * 0.62, m.hemY],
    ])
    return [seam(right, 0.6), seam(mirror(right), 0.6)]
  }
  if (style.seams === 'yoke') {
    const yoke = spline([
      [6, 86],
      [50, 88],
      [m.armpitHalf, 84],
    ])
    const panel = spline([
      [44, 88],
      [38, 180],
      [26, m.hemY],
    ])
    return [yoke, mirror(yoke), panel, mirror(panel)].flatMap((line) => [
      seam(line, 0.9),
      stitch(
        line.map(({ x, y }) => ({ x: x + Math.sign(x) * 1.6, y: y + 1.6 })),
        0.6,
      ),
    ])
  }
  return []
}

function backLines(style: OuterStyle, shape: TopShape): readonly Line[] {
  const m = shape.measures
  if (style.seams === 'yoke') {
    const line = spline([
      [-m.armpitHalf, 80],
      [0, 88],
      [m.armpitHalf, 80],
    ])
    return [
      seam(line, 0.9),
      stitch(
        line.map(({ x, y }) => ({ x, y: y + 2 })),
        0.6,
      ),
    ]
  }
  if (style.quilt !== null || style.ribbed) return []
  return [
    seam(
      [
        { x: 0, y: 6 },
        { x: 0, y: m.hemY + 4 },
      ],
      0.7,
    ),
  ]
}
