import { type Drawing, type Layer, type Line, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail, type View } from '../spec.ts'
import type { Random } from './folds.ts'
import { hoodBack, hoodLayers } from './hood.ts'
import { sleeveMeasures, topHemY, topMeasures } from './measures.ts'
import { facedNeck, innerBack, ribNeck, shirtCollar, turtleNeck } from './neck.ts'
import { outlineOf } from './outline.ts'
import { type TopDressing, topLayer } from './top-layers.ts'
import { type TopShape, topShape } from './top-shape.ts'
import { buttonRow, cuff, hemBand, hemLines, placket, sleeveHem, zip } from './trims.ts'

/** T-shirts, tanks, polos, sweaters, sweatshirts and hoodies: pulled over the head, knitted trims. */
export function drawJersey(spec: GarmentSpec, view: View, random: Random): Drawing {
  const style = styleOf(spec)
  const measures = topMeasures(spec, {
    ease: style.ease,
    hemY: topHemY(spec, style.hemY),
    hemDrop: style.ribbed ? 3 : 5,
    neck: spec.neck,
    waist: style.waist,
    flare: style.ribbed ? -9 : -5,
  })
  const isBack = view === 'back'
  const fitted = spec.type === 'hoodie' ? { ...measures, neckHalf: 48, neckDepth: 42, neckY: 0 } : measures
  const shaped = isBack
    ? { ...measures, neckDepth: measures.neckY + (spec.neck === 'scoop' ? 16 : 8) }
    : fitted
  const shape = topShape(
    shaped,
    isBack && spec.neck !== 'boat' ? 'crew' : spec.neck,
    sleeveMeasures(spec, style.ease),
  )
  const body = topLayer(shape, dressingOf(spec, shape, style, isBack), random)
  const neck = isBack ? backNeck(spec) : frontNeck(spec, shape)
  return {
    kind: 'top',
    layers: [...neck.filter((one) => one.behind), body, ...neck.filter((one) => !one.behind)],
    focus: { x: 0, y: spec.type === 'hoodie' ? 20 : 62, width: 190 },
    outline: isBack ? null : outlineOf(shape),
  }
}

type Style = {
  readonly ease: number
  readonly hemY: number
  readonly waist: number
  readonly ribbed: boolean
}

function styleOf(spec: GarmentSpec): Style {
  switch (spec.type) {
    case 'sweater':
      return { ease: 8, hemY: 348, waist: -0.25, ribbed: true }
    case 'hoodie':
    case 'sweatshirt':
      return { ease: 12, hemY: 350, waist: -0.35, ribbed: true }
    case 'tank':
      return { ease: -6, hemY: 335, waist: 0.7, ribbed: false }
    case 'polo':
      return { ease: 1, hemY: 350, waist: 0.3, ribbed: false }
    default:
      return { ease: 0, hemY: 352, waist: 0.3, ribbed: false }
  }
}

function dressingOf(spec: GarmentSpec, shape: TopShape, style: Style, isBack: boolean): TopDressing {
  const overlays: Part[] = []
  const bodyLines: Line[] = []
  const trim = spec.accent !== null && spec.pattern === 'plain' ? 'rib_accent' : 'rib'
  if (style.ribbed) {
    overlays.push(hemBand(shape, 22, trim), ...shape.sleeves.map((sleeve) => cuff(sleeve, 22, trim)))
  } else {
    bodyLines.push(...hemLines(shape.hem, 8))
  }
  if (spec.type === 'polo') overlays.push(...shape.sleeves.map((sleeve) => cuff(sleeve, 8, trim)))
  if (isBack) {
    overlays.push(ribNeck(shape.neckline, 6, 'rib'))
    bodyLines.push(
      seam(
        [
          { x: -60, y: 30 },
          { x: 60, y: 30 },
        ],
        0.01,
      ),
    )
  } else overlays.push(...frontTrim(spec, shape, trim))
  const knitFirm = spec.type === 'sweater' ? 0.75 : 1
  return {
    overlays,
    bodyLines,
    sleeveLines: (sleeve) => (style.ribbed || spec.type === 'polo' ? [] : sleeveHem(sleeve, 7)),
    more: { crumple: knitFirm, puff: { height: style.ribbed ? 40 : 34, radius: style.ribbed ? 52 : 46 } },
    sleeveCloth: 'main',
  }
}

function frontTrim(spec: GarmentSpec, shape: TopShape, trim: 'rib' | 'rib_accent'): readonly Part[] {
  const parts: Part[] = []
  if (spec.type === 'tank') parts.push(...facedNeck(shape.neckline))
  else if (spec.neck !== 'turtle' && spec.type !== 'hoodie' && spec.type !== 'polo') {
    parts.push(ribNeck(shape.neckline, spec.type === 'sweater' || spec.type === 'sweatshirt' ? 11 : 8, trim))
  }
  if (spec.type === 'polo') {
    parts.push(placket(20, 104, 8))
    parts.push(...buttonRow(0, 50, 92, 3, { radius: 2.7, tint: '#efeae0' }))
  }
  if (spec.type === 'hoodie' || hasDetail(spec, 'pockets')) {
    if (spec.type === 'hoodie' || spec.type === 'sweatshirt') parts.push(kangarooPocket(shape))
    else parts.push(...chestPocket())
  }
  if (hasDetail(spec, 'zip')) parts.push(...zip(shape.measures.neckDepth + 2, shape.measures.hemY + 4))
  return parts
}

function kangarooPocket(shape: TopShape): Part {
  const bottom = shape.measures.hemY - 21
  const top = bottom - 76
  const curve = [
    { x: -44, y: top },
    { x: 44, y: top },
    { x: 70, y: bottom - 30 },
    { x: 70, y: bottom },
    { x: -70, y: bottom },
    { x: -70, y: bottom - 30 },
  ]
  const line = (dx: number): { x: number; y: number }[] => [
    { x: -44 + dx, y: top + 2.4 },
    { x: 44 - dx, y: top + 2.4 },
    { x: 67.6, y: bottom - 30 },
    { x: 67.6, y: bottom },
  ]
  const left = [
    { x: -41.6, y: top + 2.4 },
    { x: -67.6, y: bottom - 30 },
    { x: -67.6, y: bottom },
  ]
  return part(curve, 'main', {
    thickness: 1.3,
    shadow: 0.3,
    clipped: true,
    lines: [stitch(line(0), 0.6), stitch(left, 0.6)],
  })
}

function chestPocket(): readonly Part[] {
  const curve = [
    { x: 26, y: 92 },
    { x: 62, y: 92 },
    { x: 62, y: 126 },
    { x: 44, y: 133 },
    { x: 26, y: 126 },
  ]
  return [
    part(curve, 'main', {
      thickness: 0.6,
      shadow: 0.2,
      lines: [
        stitch(
          [
            { x: 26, y: 97 },
            { x: 62, y: 97 },
          ],
          0.5,
        ),
      ],
    }),
  ]
}

function frontNeck(spec: GarmentSpec, shape: TopShape): readonly Layer[] {
  if (spec.type === 'hoodie') return hoodLayers('main', !hasDetail(spec, 'zip'))
  if (spec.neck === 'turtle') {
    const { mouth, tube } = turtleNeck(shape.measures.neckHalf, shape.measures.neckDepth)
    return [mouth, tube]
  }
  if (spec.type === 'polo')
    return shirtCollar({ neckHalf: shape.measures.neckHalf, open: 34, leaf: 34, cloth: 'rib' })
  return [innerBack(shape, spec.type === 'tank' ? 'none' : 'rib')]
}

function backNeck(spec: GarmentSpec): readonly Layer[] {
  if (spec.type === 'hoodie') return [hoodBack('main')]
  if (spec.neck === 'turtle') return [turtleNeck(35, 20).tube]
  return []
}
