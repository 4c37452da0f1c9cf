import { type Curve, spline } from '../geometry/curve.ts'
import { type Layer, layer, part, seam, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail } from '../spec.ts'
import { hoodBack, hoodLayers } from './hood.ts'
import { lapels } from './lapels.ts'
import { innerBack, ribNeck, shirtCollar, standCollar } from './neck.ts'
import type { OuterStyle } from './outer-styles.ts'
import { backCollar } from './shirts.ts'
import type { TopShape } from './top-shape.ts'
/** Collars, lapels and hoods of outerwear from the front. */
export function outerNeck(spec: GarmentSpec, style: OuterStyle, shape: TopShape): readonly Layer[] {
  const { neckHalf, neckDepth } = shape.measures
  if (hasDetail(spec, 'hood')) return hoodLayers('main', false)
  switch (style.opening) {
    case 'lapel': {
      const cloth = hasDetail(spec, 'fur') ? 'accent' : 'main'
      return [
        innerBack(shape, 'hidden'),
        ...lapels({
          neckHalf,
          breakY: neckDepth,
          width: style.lapel,
          cloth,
          notch: true,
          stitched: spec.type !== 'blazer',
        }),
      ]
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

/** The same from behind. */
export function outerBackNeck(spec: GarmentSpec, style: OuterStyle): readonly Layer[] {
  if (hasDetail(spec, 'hood')) return [hoodBack('main')]
  if (style.opening === 'lapel' || style.opening === 'collar') return backCollar(spec)
  if (style.opening === 'stand')
    return [
      layer('collar', [part(standBack(), style.ribbed ? 'rib' : 'main')], {
        puff: { height: 8, radius: 10 },
        crumple: 0.2,
        shadow: 0.3,
      }),
    ]
  return [
    layer(
      'collar',
      [
        ribNeck(
          spline([
            [-37, -5, 1],
            [0, 6],
            [37, -5, 1],
          ]),
          7,
          'rib',
        ),
      ],
      { puff: { height: 3, radius: 6 }, crumple: 0, shadow: 0.2 },
    ),
  ]
}

function standBack(): Curve {
  return [
    ...spline([
      [-38, 2, 1],
      [0, 9],
      [38, 2, 1],
    ]),
    ...spline([
      [38, 2, 1],
      [35, -22, 1],
      [0, -27],
      [-35, -22, 1],
      [-38, 2, 1],
    ]).slice(1),
  ]
}

/** A cloth belt with a covered buckle and a hanging end. */
export function beltLayer(shape: TopShape, isBack: boolean): Layer {
  const y = shape.measures.waistY
  const half = shape.measures.waistHalf + 2
  const band = [
    ...spline([
      [-half, y - 9, 1],
      [0, y - 4],
      [half, y - 9, 1],
    ]),
    ...spline([
      [half, y + 7, 1],
      [0, y + 12],
      [-half, y + 7, 1],
    ]),
  ]
  const end = spline([
    [16, y - 2, 1],
    [30, y + 4],
    [33, y + 60],
    [28, y + 118, 1],
    [14, y + 116, 1],
    [18, y + 60],
    [12, y + 8],
    [16, y - 2, 1],
  ])
  const buckle: Curve = [
    { x: -10, y: y - 10 },
    { x: 14, y: y - 10 },
    { x: 14, y: y + 15 },
    { x: -10, y: y + 15 },
  ]
  const hole: Curve = [
    { x: -5, y: y - 5 },
    { x: 9, y: y - 5 },
    { x: 9, y: y + 10 },
    { x: -5, y: y + 10 },
  ]
  return layer(
    'belt',
    [
      part(band, 'plain', {
        lines: [
          stitch(
            spline([
              [-half, y - 6.5],
              [0, y - 1.5],
              [half, y - 6.5],
            ]),
            0.5,
          ),
        ],
      }),
    ],
    {
      puff: { height: 3, radius: 7 },
      crumple: 0.4,
      shadow: 0.42,
      overlays: isBack
        ? []
        : [
            part(end, 'plain', { thickness: 1.2, shadow: 0.4, lines: [seam(end, 0.4)] }),
            part(buckle, 'thing', { tint: '#4a3a2c', thickness: 1.4, shadow: 0.4 }),
            part(hole, 'plain', { thickness: -1, shadow: 0.1 }),
            part(
              [
                { x: 1, y: y - 9 },
                { x: 3.4, y: y - 9 },
                { x: 3.4, y: y + 14 },
                { x: 1, y: y + 14 },
              ],
              'thing',
              { tint: '#4a3a2c', thickness: 1, shadow: 0.3 },
            ),
          ],
    },
  )
}
