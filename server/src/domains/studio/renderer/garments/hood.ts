import {
  bandAlong,
  closedSymmetric,
  join,
  type Knot,
  offset,
  rectangle,
  reverse,
  spline,
} from '../geometry/curve.ts'
import { type Layer, layer, type Part, part, seam, stitch } from '../geometry/drawing.ts'

/** A hood standing up empty: its dark inside, then the front edge that falls to the breast. */
export function hoodLayers(cloth: 'main' | 'accent', withCord: boolean): readonly Layer[] {
  const outer = closedSymmetric([
    [0, 62, 1],
    [34, 50],
    [66, 30],
    [80, 8],
    [73, -18],
    [74, -52],
    [62, -92],
    [34, -117],
    [0, -122],
  ])
  const openKnots: readonly Knot[] = [
    [0, 44, 1],
    [24, 22],
    [43, -8],
    [48, -40],
    [42, -72],
    [24, -95],
    [0, -101],
  ]
  const opening = closedSymmetric(openKnots)
  // One closed path: around the outside, then back along the opening, leaves a ring with a slit at the top.
  const ring = join(outer, reverse(opening))
  const inside = layer(
    'hood_inside',
    [
      part(offset(opening, -6), 'lining', {
        lines: [
          seam(
            [
              { x: 0, y: -101 },
              { x: 0, y: 20 },
            ],
            1,
          ),
        ],
      }),
    ],
    {
      front: false,
      behind: true,
      light: 0.5,
      puff: { height: -26, radius: 40 },
      crumple: 0.6,
      shadow: 0,
      overlays: [
        part(rectangle(-7, -4, 7, 3), 'thing', {
          tint: '#e9e4da',
          thickness: 0.3,
          shadow: 0.3,
          clipped: true,
        }),
      ],
    },
  )
  const border = part(bandAlong(opening, 0, -8), cloth, {
    thickness: 0.8,
    shadow: 0.2,
    clipped: true,
    lines: [stitch(offset(opening, -6.5), 0.6)],
  })
  const front = layer('hood', [part(ring, cloth)], {
    front: false,
    puff: { height: 22, radius: 20 },
    crumple: 0.8,
    shadow: 0.4,
    overlays: [border],
    folds: [
      { from: [62, 26], to: [66, -46], width: 6, depth: 3, bend: 0.1 },
      { from: [-62, 26], to: [-66, -46], width: 6, depth: -3, bend: -0.1 },
      { from: [40, 44], to: [70, 14], width: 4, depth: 2.4, bend: 0.1 },
      { from: [-40, 44], to: [-70, 14], width: 4, depth: 2.4, bend: -0.1 },
    ],
  })
  return withCord ? [inside, front, cords()] : [inside, front]
}

function cords(): Layer {
  const cord = (sign: 1 | -1, length: number): readonly Part[] => {
    const line = spline([
      [sign * 15, 40],
      [sign * 17, 40 + length * 0.4],
      [sign * 14, 40 + length * 0.75],
      [sign * 16, 40 + length],
    ])
    const end = line.at(-1) ?? { x: 0, y: 0 }
    return [
      part(bandAlong(line, -1.7, 1.7), 'thing', { tint: '#e6e1d8', thickness: 1, shadow: 0.4 }),
      part(rectangle(end.x - 1.9, end.y, end.x + 1.9, end.y + 9), 'thing', {
        tint: '#9a9da3',
        metal: true,
        thickness: 1,
        shadow: 0.4,
      }),
    ]
  }
  const parts = [...cord(-1, 92), ...cord(1, 78)]
  return layer('cords', parts, { puff: { height: 3, radius: 2 }, crumple: 0, shadow: 0.35 })
}

/** The hood from behind: a rounded bag hanging between the shoulders. */
export function hoodBack(cloth: 'main' | 'accent'): Layer {
  const bag = closedSymmetric([
    [0, 122],
    [34, 106],
    [60, 50],
    [64, 2],
    [40, -26],
    [0, -30],
  ])
  return layer(
    'hood',
    [
      part(bag, cloth, {
        lines: [
          seam(
            [
              { x: 0, y: -30 },
              { x: 0, y: 122 },
            ],
            1.2,
          ),
        ],
      }),
    ],
    {
      puff: { height: 26, radius: 30 },
      crumple: 0.9,
      shadow: 0.45,
      folds: [
        { from: [-50, 10], to: [-8, 74], width: 9, depth: 4, bend: 0.12 },
        { from: [50, 10], to: [8, 74], width: 9, depth: 4, bend: -0.12 },
      ],
    },
  )
}
