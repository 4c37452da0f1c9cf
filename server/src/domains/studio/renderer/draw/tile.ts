import sharp from 'sharp'
import { toLinear } from '../../raster/colour.ts'
import { clamp } from '../../raster/math.ts'
import type { Hex } from '../spec.ts'
import { type TiledPattern, tileDesigns } from './tile-designs.ts'

/** A repeating picture of a pattern in linear light; `size` is its side in body units. */
export type Tile = { readonly size: number; readonly side: number; readonly data: Float32Array }

type TileWish = {
  readonly pattern: TiledPattern
  readonly colour: Hex
  readonly accent: Hex
  readonly scale: number
}

const cacheMax = 12
const cache = new Map<string, Promise<Tile>>()

/** Drawn as SVG at the resolution it will be seen at. Kept for the next picture: views of a card share it. */
export async function loadTile(wish: TileWish): Promise<Tile> {
  const side = clamp(Math.round(sizeOf(wish.pattern) * wish.scale), 32, 1024)
  const key = `${wish.pattern}/${wish.colour}/${wish.accent}/${side}`
  const known = cache.get(key)
  if (known !== undefined) return await known
  const made = drawTile(wish, side)
  if (cache.size >= cacheMax) cache.delete(cache.keys().next().value ?? '')
  cache.set(key, made)
  return await made
}

function sizeOf(pattern: TiledPattern): number {
  return tileDesigns[pattern].size
}

async function drawTile(wish: TileWish, side: number): Promise<Tile> {
  const { size, draw } = tileDesigns[wish.pattern]
  const copies = [-1, 0, 1].flatMap((row) =>
    [-1, 0, 1].map((column) => `<use href="#t" x="${column * size}" y="${row * size}"/>`),
  )
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}">` +
    `<rect width="100%" height="100%" fill="${wish.colour}"/><defs><g id="t">${draw(wish.colour, wish.accent)}</g></defs>${copies.join('')}</svg>`
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer()
  const data = new Float32Array(side * side * 3)
  for (let i = 0; i < data.length; i++) data[i] = toLinear(pixels[i] ?? 0)
  return { size, side, data }
}

/** Bilinear colour at a place of the cloth (body units), written into out[0..2]. */
export function sampleTile(tile: Tile, u: number, v: number, out: Float32Array): void {
  const { side, size, data } = tile
  const x = wrap(u / size) * side
  const y = wrap(v / size) * side
  const column = Math.floor(x)
  const row = Math.floor(y)
  const fx = x - column
  const fy = y - row
  const left = (column % side) * 3
  const right = ((column + 1) % side) * 3
  const top = (row % side) * side * 3
  const bottom = ((row + 1) % side) * side * 3
  for (let k = 0; k < 3; k++) {
    const upper = (data[top + left + k] ?? 0) * (1 - fx) + (data[top + right + k] ?? 0) * fx
    const lower = (data[bottom + left + k] ?? 0) * (1 - fx) + (data[bottom + right + k] ?? 0) * fx
    out[k] = upper * (1 - fy) + lower * fy
  }
}

function wrap(value: number): number {
  return value - Math.floor(value)
}
