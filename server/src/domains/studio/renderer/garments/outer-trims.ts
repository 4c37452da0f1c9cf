import { bandAlong, type Curve, join, mirror, offset, reverse, spline } from '../geometry/curve.ts'
import { type Line, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import type { GarmentSpec, Hex } from '../spec.ts'
import type { OuterStyle } from './outer-styles.ts'
import { buttonTint } from './shirts.ts'
import type { TopShape } from './top-shape.ts'
import { button, buttonRow, cuff, flapPocket, patchPocket, placket, weltPocket, zip } from './trims.ts'

/** Closings, edges and pockets on the front of outerwear. */
export function outerTrim(
  spec: GarmentSpec,
  style: OuterStyle,
  shape: TopShape,
  isBack: boolean,
): readonly Part[] {
  if (style.opening === 'chapan') return chapanTrim(shape, isBack)
  if (isBack) return []
  return [...pockets(style, shape), ...edges(spec, style, shape), ...closing(spec, style, shape)]
}

function frontTint(spec: GarmentSpec): Hex {
  return spec.type === 'trench' || spec.type === 'coat' ? '#5b4736' : buttonTint(spec)
}

function edges(spec: GarmentSpec, style: OuterStyle, shape: TopShape): readonly Part[] {
  const m = shape.measures
  const bottom = m.hemY + 6
  if (style.opening === 'v' && style.ribbed) {
    // A knitted band runs around the neck and down the front in one piece.
    return [
      part(bandAlong(shape.neckline, -13, 1.5), 'rib', { thickness: 1.1, shadow: 0.24 }),
      placketOf('rib', m.neckDepth - 6, bottom, 7.5),
    ]
  }
  if (spec.type === 'denim_jacket') return [placketOf('main', 20, bottom, 8)]
  return []
}

/** The left front lies over the right one: its edge runs from the break point down. */
export function frontEdge(style: OuterStyle, shape: TopShape): readonly Line[] {
  if (style.closing !== 'buttons' && style.closing !== 'double') return []
  if (style.opening !== 'lapel' && !(style.opening === 'v' && !style.ribbed)) return []
  const { neckDepth, hemY } = shape.measures
  const overlap = style.closing === 'double' ? 34 : 9
  const edge = spline([
    [-1, neckDepth - 2],
    [-overlap * 0.8, neckDepth + overlap * 0.8],
    [-overlap, neckDepth + overlap * 2],
    [-overlap, hemY + 6],
  ])
  return [
    seam(edge, 1.3),
    stitch(
      edge.map(({ x, y }) => ({ x: x + 3, y })),
      0.4,
    ),
  ]
}

function placketOf(cloth: 'rib' | 'main', top: number, bottom: number, half: number): Part {
  return { ...placket(top, bottom, half), cloth, thickness: 1 }
}

function closing(spec: GarmentSpec, style: OuterStyle, shape: TopShape): readonly Part[] {
  const m = shape.measures
  const tint = frontTint(spec)
  const radius = spec.type === 'coat' || spec.type === 'trench' ? 5.2 : 3.6
  switch (style.closing) {
    case 'zip':
      return zip(m.neckDepth + 4, m.hemY + 5)
    case 'biker':
      return bikerZip(m.neckDepth, m.hemY)
    case 'double': {
      const from = m.neckDepth + 16
      const to = Math.min(m.hemY - 60, from + 150)
      const count = 3
      return [-1, 1].flatMap((sign) => buttonRow(sign * 24, from, to, count, { radius, tint }))
    }
    case 'buttons': {
      const metal = spec.type === 'denim_jacket'
      const from = style.opening === 'lapel' ? m.neckDepth + 8 : Math.max(m.neckDepth + 6, 34)
      const to = style.opening === 'lapel' ? from + (style.buttons - 1) * 46 : m.hemY - 16
      return buttonRow(0, from, to, style.buttons, {
        radius: metal ? 3.4 : radius,
        tint: metal ? '#b6a48c' : tint,
        metal,
      })
    }
    case 'none':
      return []
  }
}

/** A slanted zip from the lapel to the hem, and zips on the pockets. */
function bikerZip(breakY: number, hemY: number): readonly Part[] {
  const line: Curve = [
    { x: 2, y: breakY },
    { x: 16, y: breakY + 60 },
    { x: 26, y: hemY },
  ]
  return [
    part(bandAlong(line, -4, 4), 'plain', { thickness: -0.6, shadow: 0.3, clipped: true }),
    part(bandAlong(line, -1.5, 1.5), 'thing', {
      tint: '#b4b6ba',
      metal: true,
      thickness: 0.7,
      shadow: 0.3,
      clipped: true,
      lines: [seam(line, 0.4)],
    }),
    ...zip(breakY + 6, breakY + 7, 4, '#b4b6ba').slice(-1),
  ]
}

function pockets(style: OuterStyle, shape: TopShape): readonly Part[] {
  const m = shape.measures
  const x = m.hemHalf * 0.58
  const y = m.waistY + 52
  switch (style.pockets) {
    case 'flap':
      return [
        ...[-1, 1].flatMap((sign) => flapPocket(sign * x, y, 46, 15, sign * 0.07)),
        ...weltPocket(46, 104, 30, -0.12).slice(0, 1),
      ]
    case 'welt':
      return [-1, 1].flatMap((sign) =>
        weltPocket(sign * x, y - 8, 48, sign * (style.belted ? 1.15 : 1.05) + (sign < 0 ? Math.PI : 0)),
      )
    case 'patch':
      return [-1, 1].flatMap((sign) => patchPocket(sign * x, y - 10, 44, 48))
    case 'chest':
      return [-1, 1].flatMap((sign) => [
        ...flapPocket(sign * 56, 92, 40, 17, 0),
        ...button(sign * 56, 105, 2.8, '#b6a48c', true),
      ])
    case 'none':
      return []
  }
}

/** Wide ornament borders along the fronts, the hem and the cuffs. */
function chapanTrim(shape: TopShape, isBack: boolean): readonly Part[] {
  const m = shape.measures
  const bottom = m.hemY + 8
  const width = 17
  const half = Math.floor(shape.neckline.length / 2)
  const rightEdge: Curve = [
    ...shape.neckline.slice(half).toReversed(),
    { x: 1.5, y: m.neckDepth + 20 },
    { x: 1.5, y: bottom },
  ]
  const front = (sign: 1 | -1): Curve => {
    const band = bandAlong(rightEdge, 0, width)
    return sign === 1 ? band : mirror(band)
  }
  const hemWide: Curve = [
    { x: -m.hemHalf - 12, y: shape.hem[0]?.y ?? 0 },
    ...shape.hem,
    { x: m.hemHalf + 12, y: shape.hem.at(-1)?.y ?? 0 },
  ]
  const trimLook = { thickness: 0.9, shadow: 0.25, clipped: true } as const
  const opening: Curve = [
    { x: -1.5, y: m.neckDepth - 4 },
    { x: 1.5, y: m.neckDepth - 4 },
    { x: 2, y: bottom },
    { x: -2, y: bottom },
  ]
  const ends = [
    part(join(offset(hemWide, -2), reverse(offset(hemWide, width + 4))), 'trim', {
      ...trimLook,
      lines: [stitch(offset(hemWide, width + 1), 0.7)],
    }),
    ...shape.sleeves.map((sleeve) => ({ ...cuff(sleeve, 24, 'trim', 'stitch'), shadow: 0.25 })),
  ]
  if (isBack) return [...ends, part(bandAlong(shape.neckline, -13, 1), 'trim', trimLook)]
  return [
    ...ends,
    part(front(-1), 'trim', trimLook),
    part(front(1), 'trim', trimLook),
    part(opening, 'lining', { thickness: -1, shadow: 0, clipped: true }),
  ]
}
