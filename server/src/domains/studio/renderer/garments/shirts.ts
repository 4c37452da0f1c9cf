import { lightnessOf } from '../colour-math.ts'
import { type Curve, slice, spline } from '../geometry/curve.ts'
import { type Drawing, type Layer, type Line, type Part, seam, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, type Hex, hasDetail, type View } from '../spec.ts'
import { bothSides, type Random } from './folds.ts'
import { sleeveMeasures, topHemY, topMeasures } from './measures.ts'
import { facedNeck, innerBack, shirtCollar, standCollar } from './neck.ts'
import { outlineOf } from './outline.ts'
import { topLayer } from './top-layers.ts'
import { type TopShape, topShape } from './top-shape.ts'
import { button, buttonRow, cuff, hemLines, patchPocket, placket, sleeveHem } from './trims.ts'

/** Shirts, blouses and tunics: woven cloth, faced or collared neck, plackets and cuffs. */
export function drawShirt(spec: GarmentSpec, view: View, random: Random): Drawing {
  const isShirt = spec.type === 'shirt'
  const isBack = view === 'back'
  const hasCollar = spec.neck === 'collar' || spec.neck === 'stand'
  const measures = topMeasures(spec, {
    ease: isShirt ? 5 : 3,
    hemY: topHemY(spec, spec.type === 'tunic' ? 430 : isShirt ? 372 : 346),
    hemDrop: isShirt ? 26 : 6,
    neck: spec.neck,
    waist: spec.type === 'tunic' ? 0.3 : 0.4,
    flare: spec.type === 'tunic' ? 12 : -3,
  })
  const shaped = isBack ? { ...measures, neckDepth: measures.neckY + 8 } : measures
  const sleeve = sleeveMeasures(spec, 3)
  const blousy = spec.type === 'blouse' && spec.sleeve === 'long' && sleeve !== null
  const shape = topShape(
    shaped,
    isBack ? 'crew' : hasCollar ? 'v' : spec.neck,
    blousy ? { ...sleeve, balloon: 6, endHalf: 20 } : sleeve,
  )
  const body = topLayer(
    shape,
    {
      overlays: isBack ? cuffs(spec, shape) : [...cuffs(spec, shape), ...frontTrim(spec, shape)],
      bodyLines: [...hemLines(shape.hem, 6), ...yoke(isBack)],
      sleeveLines: (one) => (hasCuffs(spec) ? [] : sleeveHem(one, 7)),
      more: isBack ? {} : { crumple: spec.fabric === 'silk' ? 0.9 : 1 },
      sleeveCloth: 'main',
    },
    random,
  )
  const folds =
    spec.fabric === 'silk' || spec.fabric === 'chiffon'
      ? [...body.folds, ...softHang(shape, random)]
      : body.folds
  const neck = isBack ? [] : neckLayers(spec, shape)
  return {
    kind: 'top',
    layers: [
      ...neck.filter((one) => one.behind),
      { ...body, folds },
      ...neck.filter((one) => !one.behind),
      ...(isBack && hasCollar ? backCollar(spec) : []),
    ],
    focus: { x: 6, y: 58, width: 176 },
    outline: isBack ? null : outlineOf(shape),
  }
}

function hasCuffs(spec: GarmentSpec): boolean {
  return (spec.sleeve === 'long' && spec.type !== 'tunic') || hasDetail(spec, 'cuffs')
}

function cuffs(spec: GarmentSpec, shape: TopShape): readonly Part[] {
  if (!hasCuffs(spec)) return []
  return shape.sleeves.flatMap((sleeve) => {
    const inner = sleeve.mouth[Math.round(sleeve.mouth.length * 0.42)] ?? { x: 0, y: 0 }
    return [cuff(sleeve, 21, 'main', 'stitch'), ...button(inner.x, inner.y - 9, 2.3, buttonTint(spec))]
  })
}

export function buttonTint(spec: GarmentSpec): Hex {
  if (spec.fabric === 'wool' || spec.fabric === 'leather') return '#2b2624'
  return lightnessOf(spec.colour) > 0.5 ? '#f3efe7' : '#d9d3c7'
}

function frontTrim(spec: GarmentSpec, shape: TopShape): readonly Part[] {
  const parts: Part[] = []
  const { neckDepth, hemY, hemDrop } = shape.measures
  const isShirt =
    spec.type === 'shirt' || spec.neck === 'collar' || spec.neck === 'stand' || hasDetail(spec, 'buttons')
  if (isShirt) {
    const top = spec.neck === 'v' ? neckDepth - 2 : 12
    parts.push(placket(top, hemY + hemDrop + 2, 7.5))
    parts.push(...buttonRow(0, Math.max(top + 10, 46), hemY - 28, 7, { radius: 2.5, tint: buttonTint(spec) }))
  }
  if (spec.type === 'shirt' && (spec.wearer !== 'women' || hasDetail(spec, 'pockets')))
    parts.push(...patchPocket(48, 104, 34, 38))
  if (!isShirt) parts.push(...facedNeck(shape.neckline))
  return parts
}

function yoke(isBack: boolean): readonly Line[] {
  if (!isBack) return []
  return [
    seam(
      spline([
        [-98, 58],
        [0, 64],
        [98, 58],
      ]),
      0.9,
    ),
    stitch(
      spline([
        [-98, 60.5],
        [0, 66.5],
        [98, 60.5],
      ]),
      0.5,
    ),
  ]
}

function softHang(shape: TopShape, random: Random): Layer['folds'] {
  const { armpitHalf: a, hemY } = shape.measures
  return bothSides(
    [
      [a * 0.3, 70, a * 0.34, hemY - 40, 8, 3.4, 0.02],
      [a * 0.62, 60, a * 0.68, hemY - 10, 8, 3.2, -0.02],
    ],
    random,
  )
}

function neckLayers(spec: GarmentSpec, shape: TopShape): readonly Layer[] {
  if (spec.neck === 'collar')
    return shirtCollar({ neckHalf: shape.measures.neckHalf, open: 30, leaf: 42, cloth: 'main' })
  if (spec.neck === 'stand') return standCollar(shape.measures.neckHalf, 26, 'main')
  return [innerBack(shape, 'none')]
}

/** The collar from behind: a rounded strip over the shoulders. */
export function backCollar(spec: GarmentSpec): readonly Layer[] {
  const half = 46
  const lower: Curve = spline([
    [-half - 3, 13, 1],
    [-half * 0.4, 19],
    [half * 0.4, 19],
    [half + 3, 13, 1],
  ])
  const upper: Curve = spline([
    [half - 9, -22, 1],
    [0, -28],
    [-half + 9, -22, 1],
  ])
  const curve = [
    ...lower,
    ...spline([
      [half + 3, 13, 1],
      [half + 1, -6],
      [half - 9, -22, 1],
    ]).slice(1),
    ...upper.slice(1),
    ...spline([
      [-half + 9, -22, 1],
      [-half - 1, -6],
      [-half - 3, 13, 1],
    ]).slice(1),
  ]
  const cloth = spec.type === 'polo' ? 'rib' : 'main'
  return [
    {
      name: 'collar',
      front: true,
      behind: false,
      shells: [
        {
          curve,
          cloth,
          tint: null,
          metal: false,
          frame: { x: 0, y: 0, angle: 0 },
          thickness: 1,
          shadow: 0,
          clipped: false,
          lines: [
            stitch(
              slice(
                lower.map(({ x, y }) => ({ x, y: y - 2.6 })),
                0.01,
                0.99,
                40,
              ),
              0.5,
            ),
          ],
          fades: [],
        },
      ],
      overlays: [],
      folds: [],
      drape: null,
      openings: [],
      puff: { height: 5, radius: 12 },
      quilt: null,
      crumple: 0.2,
      light: 1,
      shadow: 0.36,
    },
  ]
}
