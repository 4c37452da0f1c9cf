import { softBlur } from '../../raster/blur.ts'
import { toLinear, toSrgb } from '../../raster/colour.ts'
import { newPlane } from '../../raster/types.ts'
import type { Canvas } from './canvas.ts'
import { hash } from './noise.ts'

export type Studio = {
  /** Share of the height where the floor meets the wall; null hangs the garment before a plain wall. */
  readonly floor: number | null
  /** Body unit in pixels: shadows grow with the subject. */
  readonly scale: number
}

const wallTop = [243, 241, 238] as const
const wallBottom = [228, 225, 220] as const

/** Puts the studio wall and soft shadows behind what is painted. @returns sRGB bytes, three a pixel. */
export function developPicture(canvas: Canvas, studio: Studio): Uint8Array {
  const { width, height, light, cover } = canvas
  const shadow = studio.floor === null ? wallShadow(canvas, studio.scale) : floorShadow(canvas, studio)
  const out = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const behind = 1 - (cover[i] ?? 0)
      const dim = behind === 0 ? 0 : wallLight(x / width, y / height, studio.floor) * (1 - (shadow[i] ?? 0))
      const grain = (hash(x, y, 3) - 0.5) * 1.6
      for (let k = 0; k < 3; k++) {
        const tone = (wallTop[k] ?? 0) + ((wallBottom[k] ?? 0) - (wallTop[k] ?? 0)) * (y / height)
        const value = (light[i * 3 + k] ?? 0) + behind * toLinear(tone) * dim
        out[i * 3 + k] = Math.min(255, Math.max(0, toSrgb(value) + grain + 0.5))
      }
    }
  }
  return out
}

/** Brighter in the middle, falling off towards the corners; a floor is a little lighter than the foot of the wall. */
function wallLight(x: number, y: number, floor: number | null): number {
  const fromMiddle = Math.hypot((x - 0.46) * 1.1, (y - 0.42) * 0.9)
  const falloff = 1.03 - 0.2 * fromMiddle * fromMiddle
  if (floor === null) return falloff
  const edge = 1 / (1 + Math.exp(-(y - floor) * 90))
  return falloff * (1 + 0.055 * edge)
}

function wallShadow(canvas: Canvas, scale: number): Float32Array {
  const { width, height } = canvas
  const cover = { width, height, data: canvas.cover }
  const wide = softBlur(cover, 11 * scale)
  const near = softBlur(cover, 2.6 * scale)
  const out = new Float32Array(width * height)
  const far = { x: Math.round(4 * scale), y: Math.round(8 * scale) }
  const close = { x: Math.round(1.2 * scale), y: Math.round(2 * scale) }
  for (let y = 0; y < height; y++) {
    const farRow = Math.max(0, y - far.y) * width
    const closeRow = Math.max(0, y - close.y) * width
    for (let x = 0; x < width; x++) {
      const a = wide.data[farRow + Math.max(0, x - far.x)] ?? 0
      const b = near.data[closeRow + Math.max(0, x - close.x)] ?? 0
      out[y * width + x] = 0.3 * a + 0.2 * b
    }
  }
  return out
}

/** A flat ellipse under the feet: the lowest tenth of the figure, squeezed onto the floor. */
function floorShadow(canvas: Canvas, studio: Studio): Float32Array {
  const { width, height, cover } = canvas
  const foot = lowestRow(canvas)
  const print = newPlane(width, height)
  const reach = Math.round(60 * studio.scale)
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let y = Math.max(0, foot - reach); y <= foot; y++) sum += cover[y * width + x] ?? 0
    const share = Math.min(1, sum / (reach * 0.35))
    if (share === 0) continue
    for (
      let y = foot - Math.round(9 * studio.scale);
      y < Math.min(height, foot + Math.round(5 * studio.scale));
      y++
    ) {
      if (y >= 0) print.data[y * width + x] = share
    }
  }
  const soft = softBlur(print, 9 * studio.scale)
  const wide = softBlur(print, 26 * studio.scale)
  const out = new Float32Array(width * height)
  for (let i = 0; i < out.length; i++)
    out[i] = Math.min(0.6, 0.42 * (soft.data[i] ?? 0) + 0.5 * (wide.data[i] ?? 0))
  return out
}

function lowestRow(canvas: Canvas): number {
  for (let y = canvas.height - 1; y > 0; y--) {
    for (let x = 0; x < canvas.width; x++) if ((canvas.cover[y * canvas.width + x] ?? 0) > 0.5) return y
  }
  return canvas.height - 1
}
