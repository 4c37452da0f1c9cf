import { type Drawing, type Layer, layer, type Line, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import { type Curve, mirror, spline } from '../geometry/curve.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import { type Random, bothSides } from './folds.ts'
import { hoodBack, hoodLayers } from './hood.ts'
import { lapels } from './lapels.ts'
import { sleeveMeasures, topHemY, topMeasures } from './measures.ts'
import { innerBack, ribNeck, shirtCollar, standCollar } from './neck.ts'
import { type OuterStyle, outerStyle } from './outer-styles.ts'
import { outlineOf } from './outline.ts'
import { frontEdge, outerTrim } from './outer-trims.ts'
import { backCollar } from './shirts.ts'
import { topLayer } from './top-layers.ts'
import { type TopShape, topShape } from './top-shape.ts'
import { cuff, hemBand, hemLines, sleeveHem } from './trims.ts'

/** Cardigans, jackets, blazers, coats, vests and chapans: everything that opens down the front. */
export function drawOuterwear(spec: GarmentSpec, view: View, random: Random): Drawing {
  const style = outerStyle(spec)
  const isBack = view === 'back'
  const measures = {
    ...topMeasures(spec, { ease: style.ease, hemY: topHemY(spec, style.hemY), hemDrop: 4, neck: 'v', waist: style.waist, flare: style.flare }),
    neckDepth: isBack ? 4 : style.neckDepth,
  }
  const shape = topShape(measures, isBack ? 'crew' : style.opening === 'round' ? 'crew' : 'v', sleeveOf(spec, style))
  const body = topLayer(
    shape,
    {
      overlays: [...bands(spec, style, shape), ...outerTrim(spec, style, shape, isBack)],
      bodyLines: [...(style.ribbed || style.opening === 'chapan' ? [] : hemLines(shape.hem, 8)), ...(isBack ? backLines(style, shape) : [...frontLines(style, shape), ...frontEdge(style, shape)])],
      sleeveLines: (sleeve) => (style.ribbed ? [] : sleeveHem(sleeve, 9)),
      more: { crumple: style.crumple, puff: { height: 40, radius: 54 }, quilt: style.quilt, shadow: 0.42 },
      sleeveCloth: 'main',
    },
    random,
  )
  const skirtFolds = style.hemY > 460 ? bothSides([[measures.hemHalf * 0.3, 300, measures.hemHalf * 0.42, measures.hemY + 10, 10, 3.2, 0.02], [measures.hemHalf * 0.62, 320, measures.hemHalf * 0.72, measures.hemY + 10, 10, 3.4, -0.02]], random) : []
  const neck = isBack ? [] : neckLayers(spec, style, shape)
  const tail = isBack ? backNeck(spec, style) : []
  const belt = style.belted ? [beltLayer(shape, isBack)] : []
  return {
    kind: 'top',
    layers: [...neck.filter((one) => one.behind), { ...body, folds: [...body.folds, ...skirtFolds] }, ...belt, ...neck.filter((one) => !one.behind), ...tail],
    focus: { x: 10, y: style.opening === 'lapel' ? 96 : 80, width: 200 },
    outline: isBack ? null : outlineOf(shape),
  }
}

function sleeveOf(spec: GarmentSpec, style: OuterStyle): ReturnType<typeof sleeveMeasures> {
  const sleeve = sleeveMeasures(spec, style.ease + 2)
  if (sleeve === null || style.opening !== 'chapan') return sleeve
  return { ...sleeve, middleHalf: sleeve.middleHalf + 4, endHalf: 32 }
}

function bands(spec: GarmentSpec, style: OuterStyle, shape: TopShape): readonly Part[] {
  if (style.opening === 'chapan') return []
  if (!style.ribbed) return style.cuffed ? shape.sleeves.map((sleeve) => cuff(sleeve, 19, 'main', 'stitch')) : []
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
    const yoke = spline([[6, 86], [50, 88], [m.armpitHalf, 84]])
    const panel = spline([[44, 88], [38, 180], [26, m.hemY]])
    return [yoke, mirror(yoke), panel, mirror(panel)].flatMap((line) => [seam(line, 0.9), stitch(line.map(({ x, y }) => ({ x: x + Math.sign(x) * 1.6, y: y + 1.6 })), 0.6)])
  }
  return []
}

function backLines(style: OuterStyle, shape: TopShape): readonly Line[] {
  const m = shape.measures
  if (style.seams === 'yoke') {
    const line = spline([[-m.armpitHalf, 80], [0, 88], [m.armpitHalf, 80]])
    return [seam(line, 0.9), stitch(line.map(({ x, y }) => ({ x, y: y + 2 })), 0.6)]
  }
  if (style.quilt !== null || style.ribbed) return []
  return [seam([{ x: 0, y: 6 }, { x: 0, y: m.hemY + 4 }], 0.7)]
}

function neckLayers(spec: GarmentSpec, style: OuterStyle, shape: TopShape): readonly Layer[] {
  const { neckHalf, neckDepth } = shape.measures
  if (hasDetail(spec, 'hood')) return hoodLayers('main', false)
  switch (style.opening) {
    case 'lapel': {
      const cloth = hasDetail(spec, 'fur') ? 'accent' : 'main'
      return [innerBack(shape, 'hidden'), ...lapels({ neckHalf, breakY: neckDepth, width: style.lapel, cloth, notch: true, stitched: spec.type !== 'blazer' })]
    }
    case 'stand':
      return standCollar(neckHalf, 28, style.ribbed ? 'rib' : 'main')
    case 'collar':
      return [innerBack(shape, 'hidden'), ...shirtCollar({ neckHalf, open: 34, leaf: 46, cloth: 'main' })]
    case 'chapan':
    case 'v':
    case 'round':
      return [innerBack(shape, style.ribbed ? 'rib' : 'none')]
  }
}

function backNeck(spec: GarmentSpec, style: OuterStyle): readonly Layer[] {
  if (hasDetail(spec, 'hood')) return [hoodBack('main')]
  if (style.opening === 'lapel' || style.opening === 'collar') return backCollar(spec)
  if (style.opening === 'stand') return [layer('collar', [part(standBack(), style.ribbed ? 'rib' : 'main')], { puff: { height: 8, radius: 10 }, crumple: 0.2, shadow: 0.3 })]
  return [layer('collar', [ribNeck(spline([[-37, -5, 1], [0, 6], [37, -5, 1]]), 7, 'rib')], { puff: { height: 3, radius: 6 }, crumple: 0, shadow: 0.2 })]
}

function standBack(): Curve {
  return [...spline([[-38, 2, 1], [0, 9], [38, 2, 1]]), ...spline([[38, 2, 1], [35, -22, 1], [0, -27], [-35, -22, 1], [-38, 2, 1]]).slice(1)]
}

function beltLayer(shape: TopShape, isBack: boolean): Layer {
  const y = shape.measures.waistY
  const half = shape.measures.waistHalf + 2
  const band = [...spline([[-half, y - 9, 1], [0, y - 4], [half, y - 9, 1]]), ...spline([[half, y + 7, 1], [0, y + 12], [-half, y + 7, 1]])]
  const end = spline([[16, y - 2, 1], [30, y + 4], [33, y + 60], [28, y + 118, 1], [14, y + 116, 1], [18, y + 60], [12, y + 8], [16, y - 2, 1]])
  const buckle: Curve = [{ x: -10, y: y - 10 }, { x: 14, y: y - 10 }, { x: 14, y: y + 15 }, { x: -10, y: y + 15 }]
  const hole: Curve = [{ x: -5, y: y - 5 }, { x: 9, y: y - 5 }, { x: 9, y: y + 10 }, { x: -5, y: y + 10 }]
  return layer('belt', [part(band, 'plain', { lines: [stitch(spline([[-half, y - 6.5], [0, y - 1.5], [half, y - 6.5]]), 0.5)] })], {
    puff: { height: 3, radius: 7 },
    crumple: 0.4,
    shadow: 0.42,
    overlays: isBack ? [] : [
      part(end, 'plain', { thickness: 1.2, shadow: 0.4, lines: [seam(end, 0.4)] }),
      part(buckle, 'thing', { tint: '#4a3a2c', thickness: 1.4, shadow: 0.4 }),
      part(hole, 'plain', { thickness: -1, shadow: 0.1 }),
      part([{ x: 1, y: y - 9 }, { x: 3.4, y: y - 9 }, { x: 3.4, y: y + 14 }, { x: 1, y: y + 14 }], 'thing', { tint: '#4a3a2c', thickness: 1, shadow: 0.3 }),
    ],
  })
}
