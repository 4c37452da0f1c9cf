import { bandAlong, type Curve, join, offset, reverse, spline } from '../geometry/curve.ts'
import { type Layer, layer, type Part, part, stitch } from '../geometry/drawing.ts'
import { type GarmentSpec, hasDetail } from '../spec.ts'
import { beltLoops } from './jean-trims.ts'
import type { LegMeasures } from './leg-measures.ts'
import { waistLine } from './skirts.ts'
import { button } from './trims.ts'
/** Waistband of trousers with loops, button, label, belt or cord. */
export function trouserBand(spec: GarmentSpec, m: LegMeasures, isBack: boolean): Layer {
  const top = waistLine(m.waistHalf - 1.5, m.waistY - m.band)
  const bottom = waistLine(m.waistHalf + 0.6, m.waistY)
  const soft = spec.type === 'joggers' || spec.type === 'leggings'
  const parts: Part[] = []
  if (!soft) parts.push(...beltLoops(m.waistHalf, m.waistY - m.band, m.band))
  if (!soft && !isBack)
    parts.push(
      ...button(
        0,
        m.waistY - m.band / 2 + 6,
        3.6,
        spec.fabric === 'denim' ? '#b09a7e' : '#2c2926',
        spec.fabric === 'denim',
      ),
    )
  if (isBack && spec.fabric === 'denim')
    parts.push(
      part(
        [
          { x: 34, y: m.waistY - 12 },
          { x: 62, y: m.waistY - 14 },
          { x: 62, y: m.waistY + 1 },
          { x: 34, y: m.waistY + 3 },
        ],
        'thing',
        { tint: '#9c6b43', thickness: 0.8, shadow: 0.3 },
      ),
    )
  if (spec.type === 'joggers' && !isBack) parts.push(...drawcord(m.waistY))
  if (hasDetail(spec, 'belt') && !soft) parts.push(...leatherBelt(m, isBack))
  const lines = soft ? [] : [stitch(offset(bottom, 2.2), 0.5), stitch(offset(top, -2.2), 0.5)]
  return layer('waistband', [part(join(top, reverse(bottom)), soft ? 'rib' : 'plain', { lines })], {
    puff: { height: 2.6, radius: 7 },
    crumple: 0.3,
    shadow: 0.3,
    overlays: parts,
  })
}

function leatherBelt(m: LegMeasures, isBack: boolean): readonly Part[] {
  const y = m.waistY - m.band + 2
  const strap = part(
    join(waistLine(m.waistHalf - 0.5, y), reverse(waistLine(m.waistHalf, y + m.band - 5))),
    'thing',
    { tint: '#5a3a26', thickness: 1.2, shadow: 0.3 },
  )
  if (isBack) return [strap]
  const frame = (r: number): Curve => [
    { x: -r, y: y + 6 - r * 0.8 },
    { x: r, y: y + 6 - r * 0.8 },
    { x: r, y: y + 14 + r * 0.3 },
    { x: -r, y: y + 14 + r * 0.3 },
  ]
  return [
    strap,
    part(frame(11), 'thing', { tint: '#c2b190', metal: true, thickness: 1.2, shadow: 0.4 }),
    part(frame(7), 'thing', { tint: '#5a3a26', thickness: -0.8, shadow: 0 }),
  ]
}

function drawcord(y: number): readonly Part[] {
  return ([-1, 1] as const).map((sign) =>
    part(
      bandAlong(
        spline([
          [sign * 4, y - 8],
          [sign * 9, y + 22],
          [sign * 7, y + 54],
        ]),
        -1.5,
        1.5,
      ),
      'thing',
      { tint: '#ece7dd', thickness: 1, shadow: 0.4 },
    ),
  )
}
