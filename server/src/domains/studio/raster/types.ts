/**
 * Image types of the studio. All pixel data are flat typed arrays in row order, so that hot loops allocate nothing.
 * Reads are written `data[i] ?? 0`: the compiler cannot know that an index lies inside, and for typed arrays
 * V8 removes the check, so it costs nothing.
 */

export type Point = { x: number; y: number }

/** One channel of floats; masks and alphas hold 0..1. */
export type Plane = { width: number; height: number; data: Float32Array }

/** Interleaved 8-bit sRGB, three bytes a pixel. */
export type RgbImage = { width: number; height: number; data: Uint8Array }

/** Interleaved 8-bit sRGB with straight alpha, four bytes a pixel. */
export type RgbaImage = { width: number; height: number; data: Uint8Array }

/** Interleaved floats 0..255 in sRGB, three a pixel: a picture under work, rounded once at the end. */
export type FloatRgb = { width: number; height: number; data: Float32Array }

export function newPlane(width: number, height: number, value = 0): Plane {
  const data = new Float32Array(width * height)
  if (value !== 0) data.fill(value)
  return { width, height, data }
}

/** A new plane of the same size whose values are `f(index)`. */
export function planeLike(like: { width: number; height: number }, f: (index: number) => number): Plane {
  const size = like.width * like.height
  const data = new Float32Array(size)
  for (let i = 0; i < size; i++) data[i] = f(i)
  return { width: like.width, height: like.height, data }
}

/** The value at a rounded position; 0 outside. */
export function valueAt(plane: Plane, x: number, y: number): number {
  const column = Math.round(x)
  const row = Math.round(y)
  if (column < 0 || row < 0 || column >= plane.width || row >= plane.height) return 0
  return plane.data[row * plane.width + column] ?? 0
}
