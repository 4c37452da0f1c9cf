import {
  bandAlong,
  type Curve,
  join,
  offset,
  rectangle,
  reverse,
  spline,
  symmetric,
} from '../geometry/curve.ts'
import { type Layer, layer, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import type { TopShape } from './top-shape.ts'

/** The inside of the back, seen through the neck opening, with its label. */
export function innerBack(shape: TopShape, band: 'rib' | 'none' | 'hidden'): Layer {
  const { neckHalf, neckY } = shape.measures
  const dip = neckHalf > 60 ? 5 : 9
  const edge = symmetric([
    [0, neckY + dip],
    [neckHalf * 0.6, neckY + dip * 0.5],
    [neckHalf + 1, neckY - 1],
  ])
  const curve = join(edge, reverse(offset(shape.neckline, -5)))
  const overlays: Part[] = []
  if (band === 'rib') {
    overlays.push(
      part(bandAlong(edge, -6.5, 0), band, { thickness: 0.7, clipped: true, shadow: 0.25, lines: [] }),
    )
  }
  const labelTop = neckY + dip + (band === 'rib' ? 8 : 3)
  if (band !== 'hidden' && shape.measures.neckDepth - labelTop > 12) {
    overlays.push(
      part(rectangle(-7.5, labelTop, 7.5, labelTop + 6), 'thing', {
        tint: '#ece7de',
        thickness: 0.3,
        shadow: 0.3,
        clipped: true,
      }),
    )
  }
  return layer('inner_back', [part(curve, 'lining')], {
    front: false,
    behind: true,
    overlays,
    light: 0.66,
    puff: { height: -10, radius: 30 },
    crumple: 0.3,
    shadow: 0,
  })
}

/** A knitted band around the opening. */
export function ribNeck(
  neckline: Curve,
  width: number,
  cloth: 'rib' | 'rib_accent' | 'main' | 'accent',
): Part {
  const inner = offset(neckline, -width)
  return part(bandAlong(neckline, -width, 1.2), cloth, {
    thickness: 1.1,
    shadow: 0.28,
    lines: [seam(inner, 0.8)],
  })
}

/** Two rows of stitches beside a faced edge. */
export function facedNeck(neckline: Curve): readonly Part[] {
  return [
    part(bandAlong(neckline, -3.4, 0.6), 'main', {
      thickness: 0.5,
      shadow: 0.12,
      lines: [stitch(offset(neckline, -2.4))],
    }),
  ]
}

/** A rolled high collar: a tube around the neck, its dark mouth behind. */
export function turtleNeck(
  neckHalf: number,
  neckDepth: number,
): { readonly mouth: Layer; readonly tube: Layer } {
  const half = neckHalf * 0.86
  const top = -50
  const mouth = join(
    symmetric([
      [0, top - 5],
      [half * 0.7, top - 3.5],
      [half, top + 3],
    ]),
    symmetric([
      [0, top + 12],
      [half * 0.7, top + 9],
      [half, top + 3],
    ])
      .slice(0, -1)
      .toReversed(),
  )
  const side = spline([
    [half, top + 2, 1],
    [half + 3.5, top + 16],
    [half + 2, top + 33],
    [neckHalf + 5, 2, 1],
  ])
  const foot = symmetric([
    [0, neckDepth + 6],
    [neckHalf * 0.6, neckDepth - 4],
    [neckHalf + 5, 2],
  ])
  const rimTop = symmetric([
    [0, top + 11],
    [half * 0.7, top + 8.5],
    [half, top + 2],
  ])
  const tube = join(
    rimTop,
    side.slice(1),
    reverse(foot).slice(1),
    reverse(side.map((p) => ({ x: -p.x, y: p.y }))).slice(1),
  )
  const foldLine = symmetric([
    [0, top + 48],
    [half * 0.7, top + 44],
    [half + 4, top + 34],
  ])
  return {
    mouth: layer('collar_mouth', [part(mouth, 'lining')], {
      front: false,
      behind: true,
      light: 0.5,
      shadow: 0,
      crumple: 0,
      puff: { height: -4, radius: 12 },
    }),
    tube: layer('collar', [part(tube, 'rib', { lines: [seam(foldLine, 1.4)] })], {
      puff: { height: 20, radius: 24 },
      crumple: 0.35,
      shadow: 0.35,
    }),
  }
}

/** A zipped or buttoned stand-up collar, half as high as a turtleneck. */
export function standCollar(
  neckHalf: number,
  neckDepth: number,
  cloth: 'main' | 'rib' | 'accent',
): readonly Layer[] {
  const top = -22
  const half = neckHalf * 0.94
  const back = join(
    symmetric([
      [0, top - 6],
      [half * 0.7, top - 4],
      [half, top],
    ]),
    symmetric([
      [0, neckDepth - 2],
      [half * 0.6, neckDepth - 10],
      [half, top],
    ]).toReversed(),
  )
  const front = (sign: 1 | -1): Curve =>
    spline([
      [0, neckDepth + 4, 1],
      [sign * half * 0.66, neckDepth * 0.62],
      [sign * (half + 4), 2, 1],
      [sign * (half + 2), top + 6],
      [sign * half, top, 1],
      [sign * half * 0.72, neckDepth * 0.3 + top * 0.55],
      [0, neckDepth + top * 0.55, 1],
      [0, neckDepth + 4, 1],
    ])
  const collar = [front(-1), front(1)].map((curve) => part(curve, cloth, { lines: [] }))
  return [
    layer('collar_inside', [part(back, 'lining')], {
      front: false,
      behind: true,
      light: 0.55,
      shadow: 0,
      crumple: 0.1,
      puff: { height: -4, radius: 14 },
    }),
    layer('collar', collar, { puff: { height: 6, radius: 12 }, crumple: 0.3, shadow: 0.34 }),
  ]
}

/** A turned-down shirt collar: the stand behind the neck and two leaves. */
export function shirtCollar(options: {
  readonly neckHalf: number
  readonly open: number
  readonly leaf: number
  readonly cloth: 'main' | 'rib' | 'accent'
}): readonly Layer[] {
  const { neckHalf, open, leaf, cloth } = options
  const top = -25
  const half = neckHalf * 0.92
  const back = join(
    symmetric([
      [0, top - 7],
      [half * 0.7, top - 5],
      [half, top + 4],
    ]),
    symmetric([
      [0, 44],
      [half * 0.7, 30],
      [half, top + 4],
    ]).toReversed(),
  )
  const leafOf = (sign: 1 | -1): Part => {
    const x = (value: number): number => value * sign
    const innerEdge = spline([
      [x(half - 2), top + 1, 1],
      [x(half * 0.66), top + 20],
      [x(2), open, 1],
    ])
    const frontEdge = spline([
      [x(2), open, 1],
      [x(leaf * 0.55 + 3), open + leaf * 0.66, 1],
    ])
    const outerEdge = spline([
      [x(leaf * 0.55 + 3), open + leaf * 0.66, 1],
      [x(neckHalf * 0.98), open * 0.55 + 16],
      [x(neckHalf + 17), 6],
      [x(neckHalf + 4), -13],
      [x(half - 2), top + 1, 1],
    ])
    const curve = join(innerEdge, frontEdge.slice(1), outerEdge.slice(1))
    const stitched = offset(join(frontEdge, outerEdge.slice(1)), sign * 2.6)
    return part(curve, cloth, {
      frame: { x: 0, y: 0, angle: sign * 0.5 },
      lines: cloth === 'rib' ? [] : [stitch(stitched, 0.6)],
    })
  }
  return [
    layer('collar_inside', [part(back, 'lining')], {
      front: false,
      behind: true,
      light: 0.74,
      shadow: 0,
      crumple: 0.1,
      puff: { height: -5, radius: 16 },
      overlays: [
        part(rectangle(-7, -8, 7, -2), 'thing', {
          tint: '#ece7de',
          thickness: 0.3,
          shadow: 0.25,
          clipped: true,
        }),
      ],
    }),
    layer('collar', [leafOf(-1), leafOf(1)], {
      puff: { height: 3.4, radius: 8 },
      crumple: 0.25,
      shadow: 0.42,
    }),
  ]
}
