import { newPlane, type Plane, type RgbImage } from './types.ts'

const linearOf = new Float32Array(256)
for (let i = 0; i < 256; i++) {
  const c = i / 255
  linearOf[i] = c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

/** An sRGB value 0..255 (rounded to a whole one) as linear light 0..1. */
export function toLinear(value: number): number {
  const index = Math.round(value)
  return linearOf[index < 0 ? 0 : index > 255 ? 255 : index] ?? 0
}

const steps = 4096
const srgbOf = new Float32Array(steps + 2)
for (let i = 0; i < srgbOf.length; i++) {
  const v = Math.min(1, i / steps)
  srgbOf[i] = (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055) * 255
}

/** Linear light 0..1 as an sRGB value 0..255 with a fraction; from a table, within .6 of a level near black. */
export function toSrgb(light: number): number {
  if (light <= 0) return 0
  if (light >= 1) return 255
  const position = light * steps
  const index = position | 0
  const low = srgbOf[index] ?? 0
  return low + ((srgbOf[index + 1] ?? 0) - low) * (position - index)
}

// Cube roots from a table: Lab of a whole picture is wanted several times a job, and Math.cbrt dominated it.
const rootSteps = 8192
const roots = new Float32Array(rootSteps + 2)
for (let i = 0; i < roots.length; i++) roots[i] = labRoot(i / rootSteps)

function labRoot(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116
}

function root(t: number): number {
  if (t <= 0) return 16 / 116
  const position = Math.min(t, 1) * rootSteps
  const index = position | 0
  const low = roots[index] ?? 0
  return low + ((roots[index + 1] ?? 0) - low) * (position - index)
}

/** Writes CIE L*a*b* (D65) of one sRGB colour (bytes 0..255) into `out[offset…offset+2]`. */
function writeLab(rgb: Rgb, out: Float32Array | Float64Array, offset: number): void {
  const r = linearOf[rgb.r] ?? 0
  const g = linearOf[rgb.g] ?? 0
  const b = linearOf[rgb.b] ?? 0
  const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  out[offset] = 116 * y - 16
  out[offset + 1] = 500 * (x - y)
  out[offset + 2] = 200 * (y - z)
}

export type Rgb = { r: number; g: number; b: number }
export type Lab = { l: number; a: number; b: number }

/** One colour; for whole pictures use `labOf`. */
export function toLab(r: number, g: number, b: number): Lab {
  const out = new Float64Array(3)
  writeLab({ r: Math.round(r), g: Math.round(g), b: Math.round(b) }, out, 0)
  return { l: out[0] ?? 0, a: out[1] ?? 0, b: out[2] ?? 0 }
}

/** L*a*b* of a whole picture, interleaved, three floats a pixel. */
export function labOf(image: RgbImage): Float32Array {
  const size = image.width * image.height * 3
  const out = new Float32Array(size)
  const { data } = image
  const rgb = { r: 0, g: 0, b: 0 }
  for (let o = 0; o < size; o += 3) {
    rgb.r = data[o] ?? 0
    rgb.g = data[o + 1] ?? 0
    rgb.b = data[o + 2] ?? 0
    writeLab(rgb, out, o)
  }
  return out
}

/** Luma 0..1 (Rec. 601 weights on gamma-encoded values). */
export function lumaOf(image: RgbImage): Plane {
  const out = newPlane(image.width, image.height)
  const { data } = image
  for (let i = 0, o = 0; i < out.data.length; i++, o += 3) {
    out.data[i] = ((data[o] ?? 0) * 0.299 + (data[o + 1] ?? 0) * 0.587 + (data[o + 2] ?? 0) * 0.114) / 255
  }
  return out
}
