import { bandAlong, type Curve, join, mirror, offset, reverse, spline } from '../geometry/curve.ts'
import { type Layer, type Line, layer, type Part, part, seam, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail } from '../spec.ts'
import type { SkirtMeasures } from './drape.ts'
import { facedNeck, ribNeck } from './neck.ts'
import { buttonTint } from './shirts.ts'
import type { TopShape } from './top-shape.ts'
import { buttonRow, cuff, patchPocket, placket } from './trims.ts'
export function dressLines(spec: GarmentSpec, shape: TopShape, skirt: SkirtMeasures): readonly Line[] {
  const out: Line[] = []
  const w = skirt.waistHalf
  if (shape.sleeves.length > 0) out.push(seam(shape.armholeRight, 0.9), seam(mirror(shape.armholeRight), 0.9))
  if (spec.type !== 'knit_dress' && spec.type !== 'shirt_dress')
    out.push(
      seam(
        spline([
          [-w - 4, skirt.waistY],
          [0, skirt.waistY + 7],
          [w + 4, skirt.waistY],
        ]),
        1,
      ),
    )
  if (spec.type === 'wrap_dress') {
    out.push(
      seam(
        spline([
          [2, shape.measures.neckDepth - 4],
          [-w * 0.5, skirt.waistY - 22],
          [-w, skirt.waistY + 2],
        ]),
        1.4,
      ),
    )
    out.push(
      seam(
        spline([
          [-w * 0.6, skirt.waistY + 4],
          [-10, (skirt.waistY + skirt.hemY) / 2],
          [skirt.hemHalf * 0.3, skirt.hemY + 16],
        ]),
        1.6,
      ),
    )
  } else if (spec.type !== 'shirt_dress' && spec.type !== 'knit_dress') {
    for (const sign of [-1, 1])
      out.push(
        seam(
          spline([
            [sign * (w * 0.82), 150],
            [sign * w * 0.56, 186],
            [sign * w * 0.5, skirt.waistY + 4],
          ]),
          0.6,
        ),
      )
  }
  if (hasDetail(spec, 'slit'))
    out.push(
      seam(
        spline([
          [skirt.hemHalf * 0.42, skirt.hemY + 12],
          [skirt.hipHalf * 0.52, skirt.hemY - (skirt.hemY - skirt.waistY) * 0.58],
        ]),
        2.6,
      ),
    )
  return out
}

export function dressTrims(
  spec: GarmentSpec,
  shape: TopShape,
  skirt: SkirtMeasures,
  isBack: boolean,
): readonly Part[] {
  const parts: Part[] = []
  if (spec.type === 'knit_dress') {
    parts.push(
      ribNeck(shape.neckline, isBack ? 7 : 10, 'rib'),
      ...shape.sleeves.map((sleeve) => cuff(sleeve, 20, 'rib')),
    )
  } else if (spec.neck !== 'collar') parts.push(...facedNeck(shape.neckline))
  if (hasDetail(spec, 'ruffles')) parts.push(...ruffles(skirt))
  if (isBack) return parts
  if (spec.type === 'shirt_dress' || hasDetail(spec, 'buttons')) {
    const top = spec.neck === 'collar' ? 12 : shape.measures.neckDepth - 2
    const bottom = skirt.hemY + 14
    parts.push(
      placket(top, bottom, 7.5),
      ...buttonRow(0, Math.max(top + 12, 48), bottom - 46, Math.round((bottom - top) / 46), {
        radius: 2.8,
        tint: buttonTint(spec),
      }),
    )
  }
  if (spec.type === 'shirt_dress')
    parts.push(...shape.sleeves.map((sleeve) => cuff(sleeve, 19, 'main', 'stitch')))
  if (hasDetail(spec, 'pockets'))
    parts.push(...[-1, 1].flatMap((sign) => patchPocket(sign * 58, skirt.waistY + 66, 46, 52)))
  return parts
}

/** Two gathered frills above the hem. */
function ruffles(skirt: SkirtMeasures): readonly Part[] {
  return [0.62, 0.82].map((share) => {
    const y = skirt.waistY + (skirt.hemY - skirt.waistY) * share
    const half = skirt.hipHalf + (skirt.hemHalf - skirt.hipHalf) * share + 20
    const top = spline([
      [-half, y],
      [0, y + 9],
      [half, y],
    ])
    const edge = Array.from({ length: 60 }, (_, i) => {
      const across = (i / 59) * 2 - 1
      return { x: across * half, y: y + 34 + 9 * (1 - across * across) + 3.4 * Math.sin(i * 1.35) }
    })
    return part(join(top, reverse(edge)), 'main', {
      clipped: true,
      thickness: 1.6,
      shadow: 0.34,
      lines: [seam(top, 1.2)],
    })
  })
}

export function dressBelt(spec: GarmentSpec, skirt: SkirtMeasures): readonly Layer[] {
  const tied = spec.type === 'wrap_dress' || hasDetail(spec, 'drawstring')
  if (!tied && !hasDetail(spec, 'belt')) return []
  const { waistHalf: half, waistY: y } = skirt
  const upper = spline([
    [-half - 2, y - 9],
    [0, y - 3],
    [half + 2, y - 9],
  ])
  const lower = spline([
    [-half - 2, y + 7],
    [0, y + 13],
    [half + 2, y + 7],
  ])
  const knotX = tied ? -half * 0.5 : 0
  const tail = (bend: number, length: number): Curve =>
    bandAlong(
      spline([
        [knotX, y + 4],
        [knotX + bend * 0.5, y + length * 0.45],
        [knotX + bend, y + length],
      ]),
      -4.5,
      5,
    )
  const overlays: Part[] = tied
    ? [
        part(tail(-16, 104), 'belt', { thickness: 1, shadow: 0.34 }),
        part(tail(14, 88), 'belt', { thickness: 1, shadow: 0.34 }),
        part(
          spline([
            [knotX - 8, y - 6, 1],
            [knotX + 8, y - 5, 1],
            [knotX + 7, y + 12, 1],
            [knotX - 7, y + 12, 1],
          ]),
          'belt',
          { thickness: 1.6, shadow: 0.4 },
        ),
      ]
    : [
        part(
          [
            { x: -12, y: y - 8 },
            { x: 12, y: y - 8 },
            { x: 12, y: y + 16 },
            { x: -12, y: y + 16 },
          ],
          'thing',
          { tint: '#c4b393', metal: true, thickness: 1.2, shadow: 0.4 },
        ),
        part(
          [
            { x: -8, y: y - 4 },
            { x: 8, y: y - 4 },
            { x: 8, y: y + 12 },
            { x: -8, y: y + 12 },
          ],
          'plain',
          { thickness: -0.8, shadow: 0.1 },
        ),
      ]
  return [
    layer(
      'belt',
      [
        part(join(upper, reverse(lower)), 'belt', {
          lines: [stitch(offset(upper, -2.2), 0.45), stitch(offset(lower, 2.2), 0.45)],
        }),
      ],
      { puff: { height: 3, radius: 7 }, crumple: 0.5, shadow: 0.34, overlays },
    ),
  ]
}
