import { toLinear } from '../../raster/colour.ts'
import { lightnessOf, mixHex, type Rgb, rgbOf } from '../colour-math.ts'
import type { Cloth } from '../geometry/drawing.ts'
import { type GarmentSpec, type Hex, hasDetail } from '../spec.ts'
import { cableHeight, type Material, materials, melange, ribWeave, type Weave, weaveOf } from './fabric.ts'
import { fbm } from './noise.ts'
import { loadTile, sampleTile } from './tile.ts'

/** A cloth ready to be painted: colour by place, weave, answer to light. */
export type Surface = {
  /** Writes linear light red, green, blue into out[0..2]. */
  readonly paint: (u: number, v: number, out: Float32Array) => void
  readonly weave: Weave
  /** Raised structure such as cables, units; null for flat cloth. */
  readonly relief: ((u: number, v: number) => number) | null
  readonly material: Material
}

export type Surfaces = Readonly<Record<Exclude<Cloth, 'thing'>, Surface>> & {
  /** Thread of the visible stitches, linear light. */
  readonly thread: Rgb
}

/** Builds the cloths of a garment; `middle` is where a two-colour garment changes colour (body units). */
export async function surfacesOf(
  spec: GarmentSpec,
  scale: number,
  middle: number,
  seed: number,
): Promise<Surfaces> {
  const accent = accentOf(spec)
  const material = materials[spec.fabric]
  const weave = weaveOf(spec.fabric, scale)
  const rib = ribWeave(scale, spec.fabric !== 'cotton')
  const plain = flat(spec.colour)
  const cloth = (paint: Surface['paint'], texture: Weave): Surface => ({
    paint,
    weave: texture,
    relief: null,
    material,
  })
  const lining = spec.fabric === 'leather' ? '#2a2524' : mixHex(spec.colour, '#1a1a1f', 0.18)
  const isKnit = spec.fabric === 'knit' || spec.fabric === 'wool'
  const main: Surface = {
    paint: await patternPaint(spec, accent, scale, middle, seed),
    weave: isKnit ? withMelange(weave) : weave,
    relief: hasDetail(spec, 'cable') ? cableHeight : null,
    material,
  }
  return {
    main,
    plain: cloth(plain, weave),
    accent: cloth(flat(accent), weave),
    belt: cloth(flat(spec.pattern === 'plain' ? accentOr(spec, spec.colour) : spec.colour), weave),
    trim: await trimSurface(spec, scale, material),
    lining: cloth(flat(lining), weave),
    rib: cloth(plain, rib),
    rib_accent: cloth(flat(accent), rib),
    thread: linearOf(threadOf(spec)),
  }
}

function accentOf(spec: GarmentSpec): Hex {
  if (spec.accent !== null) return spec.accent
  const isLight = lightnessOf(spec.colour) > 0.62
  if (spec.pattern === 'ornament' || spec.type === 'chapan') return isLight ? '#9a2f34' : '#d9b569'
  if (spec.pattern === 'leopard' || spec.pattern === 'zebra') return '#1d1712'
  if (spec.pattern === 'camouflage') return mixHex(spec.colour, '#23261a', 0.55)
  return isLight ? '#22304d' : '#f1ece2'
}

function accentOr(spec: GarmentSpec, other: Hex): Hex {
  return spec.accent ?? other
}

export function flat(hex: Hex): Surface['paint'] {
  const [r, g, b] = linearOf(hex)
  return (_u, _v, out) => {
    out[0] = r
    out[1] = g
    out[2] = b
  }
}

function linearOf(hex: Hex): Rgb {
  const [r, g, b] = rgbOf(hex)
  return [toLinear(r), toLinear(g), toLinear(b)]
}

/** Borders of national clothes: ornament on a darker ground. */
async function trimSurface(spec: GarmentSpec, scale: number, material: Material): Promise<Surface> {
  const isLight = lightnessOf(spec.colour) > 0.6
  const gold = accentOf(spec)
  const ground = isLight ? mixHex(gold, '#2a1512', 0.6) : mixHex(spec.colour, '#14100e', 0.55)
  const accent = isLight ? mixHex(gold, '#ffffff', 0.3) : gold
  if (spec.type !== 'chapan')
    return { paint: flat(accent), weave: weaveOf(spec.fabric, scale), relief: null, material }
  const tile = await loadTile({ pattern: 'border', colour: ground, accent, scale })
  return {
    paint: (u, v, out) => sampleTile(tile, u, v, out),
    weave: weaveOf('silk', scale),
    relief: null,
    material,
  }
}

function threadOf(spec: GarmentSpec): Hex {
  if (spec.fabric === 'denim') return lightnessOf(spec.colour) < 0.16 ? '#8b8f96' : '#c08a4a'
  return lightnessOf(spec.colour) > 0.5
    ? mixHex(spec.colour, '#000000', 0.16)
    : mixHex(spec.colour, '#ffffff', 0.2)
}

function withMelange(weave: Weave): Weave {
  return (u, v) => weave(u, v) + melange(u, v) * 0.05
}

async function patternPaint(
  spec: GarmentSpec,
  accent: Hex,
  scale: number,
  middle: number,
  seed: number,
): Promise<Surface['paint']> {
  switch (spec.pattern) {
    case 'plain':
      return flat(spec.colour)
    case 'color_block':
      return colourBlock(spec.colour, accent, middle)
    case 'tie_dye':
      return tieDye(spec.colour, accent, seed)
    default: {
      const tile = await loadTile({ pattern: spec.pattern, colour: spec.colour, accent, scale })
      return (u, v, out) => sampleTile(tile, u, v, out)
    }
  }
}

function colourBlock(upper: Hex, lower: Hex, middle: number): Surface['paint'] {
  const a = linearOf(upper)
  const b = linearOf(lower)
  return (_u, v, out) => {
    const [r, g, blue] = v < middle ? a : b
    out[0] = r
    out[1] = g
    out[2] = blue
  }
}

function tieDye(colour: Hex, accent: Hex, seed: number): Surface['paint'] {
  const a = linearOf(colour)
  const b = linearOf(accent)
  return (u, v, out) => {
    const bend = 40 * fbm(u / 46, v / 46, seed + 5, 3)
    const share = 0.5 + 0.5 * Math.sin((v + bend + u * 0.35) / 15)
    const soft = share * share * (0.55 + 0.45 * fbm(u / 11, v / 11, seed + 8, 2))
    for (let k = 0; k < 3; k++) out[k] = (a[k] ?? 0) + ((b[k] ?? 0) - (a[k] ?? 0)) * soft
  }
}
