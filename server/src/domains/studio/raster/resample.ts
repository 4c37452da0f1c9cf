import { newPlane, type Plane, type RgbImage } from './types.ts'

/** Bilinear resize of one channel; meant for enlarging (shrinking this way would alias). */
export function resizePlane(source: Plane, width: number, height: number): Plane {
  const out = newPlane(width, height)
  const columns = axis(source.width, width)
  const rows = axis(source.height, height)
  const { data } = source
  for (let y = 0; y < height; y++) {
    const a = (rows.low[y] ?? 0) * source.width
    const b = (rows.high[y] ?? 0) * source.width
    const fy = rows.share[y] ?? 0
    for (let x = 0; x < width; x++) {
      const l = columns.low[x] ?? 0
      const r = columns.high[x] ?? 0
      const fx = columns.share[x] ?? 0
      const upper = (data[a + l] ?? 0) * (1 - fx) + (data[a + r] ?? 0) * fx
      const lower = (data[b + l] ?? 0) * (1 - fx) + (data[b + r] ?? 0) * fx
      out.data[y * width + x] = upper * (1 - fy) + lower * fy
    }
  }
  return out
}

/** Mean of each 2×2 block: halves both sides (the odd last row and column are averaged alone). */
export function halvePlane(source: Plane): Plane {
  const width = (source.width + 1) >> 1
  const height = (source.height + 1) >> 1
  const out = newPlane(width, height)
  for (let y = 0; y < height; y++) {
    const a = 2 * y * source.width
    const b = Math.min(2 * y + 1, source.height - 1) * source.width
    for (let x = 0; x < width; x++) {
      const l = 2 * x
      const r = Math.min(l + 1, source.width - 1)
      const sum =
        (source.data[a + l] ?? 0) +
        (source.data[a + r] ?? 0) +
        (source.data[b + l] ?? 0) +
        (source.data[b + r] ?? 0)
      out.data[y * width + x] = sum / 4
    }
  }
  return out
}

/** A rotated square of the picture: centre and side in pixels, rotation in radians. */
export type Square = { cx: number; cy: number; side: number; rotation: number }

/** The square sampled to side × side RGB floats 0..1 (bilinear, black outside): the input of a model. */
export function sampleSquare(image: RgbImage, square: Square, side: number): Float32Array {
  const out = new Float32Array(side * side * 3)
  const cos = Math.cos(square.rotation)
  const sin = Math.sin(square.rotation)
  const { width, height, data } = image
  for (let y = 0; y < side; y++) {
    const v = ((y + 0.5) / side - 0.5) * square.side
    for (let x = 0; x < side; x++) {
      const u = ((x + 0.5) / side - 0.5) * square.side
      const px = square.cx + u * cos - v * sin - 0.5
      const py = square.cy + u * sin + v * cos - 0.5
      if (px < -1 || py < -1 || px > width || py > height) continue
      const x0 = Math.floor(px)
      const y0 = Math.floor(py)
      const fx = px - x0
      const fy = py - y0
      const left = x0 < 0 ? 0 : x0 >= width ? width - 1 : x0
      const right = x0 + 1 < 0 ? 0 : x0 + 1 >= width ? width - 1 : x0 + 1
      const a = (y0 < 0 ? 0 : y0 >= height ? height - 1 : y0) * width
      const b = (y0 + 1 < 0 ? 0 : y0 + 1 >= height ? height - 1 : y0 + 1) * width
      const o = (y * side + x) * 3
      for (let c = 0; c < 3; c++) {
        const upper = (data[(a + left) * 3 + c] ?? 0) * (1 - fx) + (data[(a + right) * 3 + c] ?? 0) * fx
        const lower = (data[(b + left) * 3 + c] ?? 0) * (1 - fx) + (data[(b + right) * 3 + c] ?? 0) * fx
        out[o + c] = (upper * (1 - fy) + lower * fy) / 255
      }
    }
  }
  return out
}

type Axis = { low: Int32Array; high: Int32Array; share: Float32Array }

function axis(from: number, to: number): Axis {
  const low = new Int32Array(to)
  const high = new Int32Array(to)
  const share = new Float32Array(to)
  for (let i = 0; i < to; i++) {
    const position = ((i + 0.5) * from) / to - 0.5
    const l = Math.max(0, Math.floor(position))
    low[i] = l
    high[i] = Math.min(from - 1, l + 1)
    share[i] = Math.min(1, Math.max(0, position - l))
  }
  return { low, high, share }
}
