import { newPlane, type Plane } from './types.ts'

/** Mean over a square window of side 2·radius+1; windows are cut at the borders, so flat images stay flat. */
export function boxBlur(source: Plane, radius: number): Plane {
  const r = Math.round(radius)
  if (r < 1) return { ...source, data: source.data.slice() }
  const { width, height } = source
  const rows = blurRows(source.data, width, height, r)
  return { width, height, data: blurColumns(rows, width, height, r) }
}

/** Three box blurs whose variances add up to a Gaussian's of the given sigma (pixels). Below .6 it is a copy. */
export function blur(source: Plane, sigma: number): Plane {
  if (sigma < 0.6) return { ...source, data: source.data.slice() }
  // Kovesi, "Fast almost-Gaussian filtering": m passes of the odd width below the ideal one, the rest above.
  const ideal = Math.sqrt(4 * sigma * sigma + 1)
  const low = Math.max(1, Math.floor((ideal - 1) / 2) * 2 + 1)
  const m = Math.round((12 * sigma * sigma - 3 * low * low - 12 * low - 9) / (-4 * low - 4))
  let out = source
  for (let pass = 0; pass < 3; pass++) out = boxBlur(out, (pass < m ? low - 1 : low + 1) / 2)
  return out
}

/**
 * The same as `blur` but worked out on a smaller image when sigma is large; about ten times faster for sigma over 8.
 * The result differs from the exact one by less than 4 % of the range even at a hard edge.
 */
export function softBlur(source: Plane, sigma: number): Plane {
  const shrink = Math.floor(sigma / 4)
  if (shrink < 2) return blur(source, sigma)
  // Averaging blocks and interpolating between them blurs by itself: a quarter of the squared factor.
  const rest = Math.sqrt(sigma * sigma - (shrink * shrink) / 4) / shrink
  return enlarge(blur(shrinkPlane(source, shrink), rest), source.width, source.height, shrink)
}

/** Weighted local mean: what `values` is around each pixel, judged only by pixels of positive weight. */
export function weightedBlur(values: Plane, weights: Plane, sigma: number, fallback: number): Plane {
  const size = values.data.length
  const product = newPlane(values.width, values.height)
  for (let i = 0; i < size; i++) product.data[i] = (values.data[i] ?? 0) * (weights.data[i] ?? 0)
  const top = softBlur(product, sigma)
  const bottom = softBlur(weights, sigma)
  for (let i = 0; i < size; i++) {
    const b = bottom.data[i] ?? 0
    top.data[i] = b > 1e-4 ? (top.data[i] ?? 0) / b : fallback
  }
  return top
}

function blurRows(data: Float32Array, width: number, height: number, r: number): Float32Array {
  const out = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    let count = Math.min(r, width)
    for (let x = 0; x < count; x++) sum += data[row + x] ?? 0
    for (let x = 0; x < width; x++) {
      if (x + r < width) {
        sum += data[row + x + r] ?? 0
        count++
      }
      if (x - r - 1 >= 0) {
        sum -= data[row + x - r - 1] ?? 0
        count--
      }
      out[row + x] = sum / count
    }
  }
  return out
}

function blurColumns(data: Float32Array, width: number, height: number, r: number): Float32Array {
  const out = new Float32Array(width * height)
  const sums = new Float64Array(width)
  let count = Math.min(r, height)
  for (let y = 0; y < count; y++) addRow(sums, data, y * width, 1)
  for (let y = 0; y < height; y++) {
    if (y + r < height) {
      addRow(sums, data, (y + r) * width, 1)
      count++
    }
    if (y - r - 1 >= 0) {
      addRow(sums, data, (y - r - 1) * width, -1)
      count--
    }
    const row = y * width
    for (let x = 0; x < width; x++) out[row + x] = (sums[x] ?? 0) / count
  }
  return out
}

function addRow(sums: Float64Array, data: Float32Array, offset: number, sign: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + sign * (data[offset + x] ?? 0)
}

function shrinkPlane(source: Plane, factor: number): Plane {
  const width = Math.ceil(source.width / factor)
  const height = Math.ceil(source.height / factor)
  const out = newPlane(width, height)
  const counts = new Float32Array(width * height)
  for (let y = 0; y < source.height; y++) {
    const row = Math.floor(y / factor) * width
    for (let x = 0; x < source.width; x++) {
      const j = row + Math.floor(x / factor)
      out.data[j] = (out.data[j] ?? 0) + (source.data[y * source.width + x] ?? 0)
      counts[j] = (counts[j] ?? 0) + 1
    }
  }
  for (let j = 0; j < counts.length; j++) out.data[j] = (out.data[j] ?? 0) / (counts[j] ?? 1)
  return out
}

/** Bilinear enlargement by a whole factor; the last cells may cover less than `factor` pixels. */
function enlarge(source: Plane, width: number, height: number, factor: number): Plane {
  const out = newPlane(width, height)
  const left = new Int32Array(width)
  const share = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const u = Math.max(0, (x + 0.5) / factor - 0.5)
    left[x] = Math.min(Math.floor(u), Math.max(0, source.width - 2))
    share[x] = source.width > 1 ? Math.min(1, u - (left[x] ?? 0)) : 0
  }
  const step = source.width > 1 ? 1 : 0
  for (let y = 0; y < height; y++) {
    const v = Math.max(0, (y + 0.5) / factor - 0.5)
    const top = Math.min(Math.floor(v), Math.max(0, source.height - 2))
    const fy = source.height > 1 ? Math.min(1, v - top) : 0
    const a = top * source.width
    const b = source.height > 1 ? a + source.width : a
    for (let x = 0; x < width; x++) {
      const l = left[x] ?? 0
      const fx = share[x] ?? 0
      const upper = (source.data[a + l] ?? 0) * (1 - fx) + (source.data[a + l + step] ?? 0) * fx
      const lower = (source.data[b + l] ?? 0) * (1 - fx) + (source.data[b + l + step] ?? 0) * fx
      out.data[y * width + x] = upper * (1 - fy) + lower * fy
    }
  }
  return out
}
