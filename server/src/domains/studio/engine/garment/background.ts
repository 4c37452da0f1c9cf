import { boxBlur } from '../../raster/blur.ts'
import { insideDistance } from '../../raster/distance.ts'
import { clamp, quantile } from '../../raster/math.ts'
import { newPlane, type Plane, planeLike } from '../../raster/types.ts'

/** A picture in Lab with its supposed background colour: the median of a thin frame along the border. */
export type Backdrop = {
  width: number
  height: number
  lab: Float32Array
  /** Indexes of the frame's pixels. */
  border: number[]
  median: [number, number, number]
  /** Lab distance that still counts as background, from the noise along the border (3.5–16). */
  tolerance: number
  noise: number
}

export function backdropOf(lab: Float32Array, width: number, height: number): Backdrop {
  const thickness = Math.max(2, Math.round(Math.min(width, height) * 0.012))
  const border: number[] = []
  for (let y = 0; y < height; y++) {
    const whole = y < thickness || y >= height - thickness
    for (let x = 0; x < width; x++) {
      if (whole || x < thickness || x >= width - thickness) border.push(y * width + x)
    }
  }
  const channel = (c: number): number =>
    quantile(
      border.map((i) => lab[i * 3 + c] ?? 0),
      0.5,
    )
  const median: [number, number, number] = [channel(0), channel(1), channel(2)]
  const draft = { width, height, lab, border, median, tolerance: 0, noise: 0 }
  const noise = quantile(
    border.map((i) => distanceToBackdrop(draft, i)),
    0.8,
  )
  return { ...draft, noise, tolerance: clamp(noise * 2 + 3.2, 3.5, 16) }
}

export function distanceToBackdrop(backdrop: Backdrop, i: number): number {
  const { lab, median } = backdrop
  const l = (lab[i * 3] ?? 0) - median[0]
  const a = (lab[i * 3 + 1] ?? 0) - median[1]
  const b = (lab[i * 3 + 2] ?? 0) - median[2]
  return Math.sqrt(l * l + a * a + b * b)
}

/**
 * Flood from the border: a pixel joins when it is close to the background colour, or close to its neighbour and
 * not far from the background (smooth gradients). @returns 1 for background
 */
export function floodByColour(backdrop: Backdrop): Uint8Array {
  const { lab, tolerance } = backdrop
  const step = clamp(backdrop.noise * 0.6 + 1.6, 1.8, 5)
  return flood(backdrop, tolerance * 1.5, (from, to) => {
    const d = distanceToBackdrop(backdrop, to)
    const l = (lab[to * 3] ?? 0) - (lab[from * 3] ?? 0)
    const a = (lab[to * 3 + 1] ?? 0) - (lab[from * 3 + 1] ?? 0)
    const b = (lab[to * 3 + 2] ?? 0) - (lab[from * 3 + 2] ?? 0)
    const jump = Math.sqrt(l * l + a * a + b * b)
    return (d < tolerance && jump < step * 2.2) || (d < tolerance * 3 && jump < step * 0.6)
  })
}

/**
 * Flood that stops at weak edges, thickened to close their gaps: for a white garment on a white background, where
 * colour alone lets the flood run inside. Several edge strengths are tried: the weakest stops at the outer rim of
 * the contact shadow, a too strong one leaks in; the strongest that loses less than 15 % of the area is right.
 * @returns 1 for background
 */
export function floodByEdges(backdrop: Backdrop): Uint8Array {
  const gradient = gradientOf(backdrop)
  const atBorder = quantile(
    backdrop.border.map((i) => gradient.data[i] ?? 0),
    0.97,
  )
  const weakest = Math.max(0.55, atBorder * 1.6)
  let best = floodWithin(backdrop, gradient, weakest)
  const area = garmentArea(best)
  for (const factor of [1.6, 2.5, 4, 6.5, 10]) {
    const next = floodWithin(backdrop, gradient, weakest * factor)
    if (garmentArea(next) < area * 0.85) break
    best = next
  }
  return best
}

function garmentArea(background: Uint8Array): number {
  let area = 0
  for (const v of background) area += 1 - v
  return area
}

function floodWithin(backdrop: Backdrop, gradient: Plane, threshold: number): Uint8Array {
  const { width, height, tolerance, noise } = backdrop
  const flat = planeLike(gradient, (i) => ((gradient.data[i] ?? 0) > threshold ? 0 : 1))
  const room = insideDistance(flat)
  const reach = 3
  const out = flood(backdrop, tolerance * 1.5, (_from, to) => {
    return (room.data[to] ?? 0) > reach && distanceToBackdrop(backdrop, to) < tolerance * 2.2
  })
  const close = Math.max(1.2, noise * 2 + 1)
  for (let round = 0; round <= reach; round++)
    growBack(out, width, height, (i) => distanceToBackdrop(backdrop, i) < close)
  return out
}

function flood(
  backdrop: Backdrop,
  seedTolerance: number,
  joins: (from: number, to: number) => boolean,
): Uint8Array {
  const { width, height, border } = backdrop
  const out = new Uint8Array(width * height)
  const stack = new Int32Array(width * height)
  let depth = 0
  for (const i of border) {
    if (out[i] !== 0 || distanceToBackdrop(backdrop, i) >= seedTolerance) continue
    out[i] = 1
    stack[depth++] = i
  }
  const visit = (from: number, to: number): void => {
    if (out[to] !== 0 || !joins(from, to)) return
    out[to] = 1
    stack[depth++] = to
  }
  while (depth > 0) {
    const i = stack[--depth] ?? 0
    const x = i % width
    if (x > 0) visit(i, i - 1)
    if (x < width - 1) visit(i, i + 1)
    if (i >= width) visit(i, i - width)
    if (i < width * (height - 1)) visit(i, i + width)
  }
  return out
}

function growBack(
  background: Uint8Array,
  width: number,
  height: number,
  allows: (i: number) => boolean,
): void {
  const added: number[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      if (background[i] !== 0) continue
      const touches = background[i - 1] || background[i + 1] || background[i - width] || background[i + width]
      if (touches && allows(i)) added.push(i)
    }
  }
  for (const i of added) background[i] = 1
}

/** Length of the Lab gradient after a 3×3 mean; chroma counts .6. */
function gradientOf(backdrop: Backdrop): Plane {
  const { width, height, lab } = backdrop
  const out = newPlane(width, height)
  for (let c = 0; c < 3; c++) {
    const weight = c === 0 ? 1 : 0.6
    const { data } = boxBlur(
      planeLike(out, (i) => lab[i * 3 + c] ?? 0),
      1,
    )
    for (let y = 1; y < height - 1; y++) {
      for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
        const gx = (data[i + 1] ?? 0) - (data[i - 1] ?? 0)
        const gy = (data[i + width] ?? 0) - (data[i - width] ?? 0)
        out.data[i] = (out.data[i] ?? 0) + (gx * gx + gy * gy) * weight
      }
    }
  }
  for (let i = 0; i < out.data.length; i++) out.data[i] = Math.sqrt(out.data[i] ?? 0)
  return out
}
