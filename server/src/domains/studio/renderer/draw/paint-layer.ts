import { blur } from '../../raster/blur.ts'
import { resizePlane } from '../../raster/resample.ts'
import { newPlane, type Plane } from '../../raster/types.ts'
import { boxOf } from '../geometry/curve.ts'
import { type Layer, type Part, part } from '../geometry/drawing.ts'
import type { Canvas } from './canvas.ts'
import { type Grid, type Relief, reliefOf } from './height.ts'
import { lightLayer } from './light.ts'
import { paintPart } from './paint-part.ts'
import { type PartMasks, rasterisePart } from './rasterise.ts'
import type { Surfaces } from './surface.ts'
import { type View, type Window, windowOf } from './view.ts'

/** Everything known about a layer's pixels before light falls on them. */
export type LayerBuffers = {
  readonly window: Window
  readonly alpha: Plane
  /** Linear light red, green, blue. */
  readonly albedo: Float32Array
  /** Brightness factor of weave, seams and the shadows of overlays. */
  readonly tone: Float32Array
  /** Small raised structure (edges, seams, cables), units. */
  readonly fine: Float32Array
  readonly gloss: Float32Array
  readonly relief: FullRelief
}

/** The relief at picture resolution; rows are `stride` long. */
export type FullRelief = {
  readonly slopeX: Plane
  readonly slopeY: Plane
  readonly hollow: Plane
  readonly stride: number
}

export type LayerJob = {
  readonly layer: Layer
  readonly surfaces: Surfaces
  readonly view: View
  readonly seed: number
  /** Null paints without casting a shadow (the cut-out). */
  readonly targets: readonly { readonly canvas: Canvas; readonly castsShadow: boolean }[]
}

export async function paintLayer(job: LayerJob): Promise<void> {
  const { layer, view } = job
  const window = windowOf(boxOf([...layer.shells, ...layer.overlays].map((piece) => piece.curve)), view, 3)
  if (window === null) return
  const shells = await rasteriseAll(layer.shells, view)
  const overlays = await rasteriseAll(layer.overlays, view)
  const alpha = newPlane(window.width, window.height)
  for (const { masks } of shells) unite(alpha, window, masks)
  const relief = await fullRelief(alpha, job, window)
  for (const overlay of overlays) if (!overlay.part.clipped) unite(alpha, window, overlay.masks)
  const size = window.width * window.height
  const buffers: LayerBuffers = {
    window,
    alpha,
    albedo: new Float32Array(size * 3),
    tone: new Float32Array(size).fill(1),
    fine: new Float32Array(size),
    gloss: new Float32Array(size).fill(1),
    relief,
  }
  for (const piece of shells) paintPart({ ...piece, isShell: true, buffers, surfaces: job.surfaces, view })
  for (const piece of overlays) paintPart({ ...piece, isShell: false, buffers, surfaces: job.surfaces, view })
  for (const target of job.targets) {
    if (target.castsShadow) castShadow(target.canvas, buffers, layer.shadow, view)
  }
  lightLayer(buffers, job)
}

async function rasteriseAll(
  parts: readonly Part[],
  view: View,
): Promise<readonly { part: Part; masks: PartMasks }[]> {
  const out: { part: Part; masks: PartMasks }[] = []
  for (const piece of parts) {
    const masks = await rasterisePart(piece, view)
    if (masks !== null) out.push({ part: piece, masks })
  }
  return out
}

function unite(alpha: Plane, window: Window, masks: PartMasks): void {
  const { mask } = masks
  const dx = masks.window.x - window.x
  const dy = masks.window.y - window.y
  for (let y = 0; y < mask.height; y++) {
    const row = y + dy
    if (row < 0 || row >= alpha.height) continue
    for (let x = 0; x < mask.width; x++) {
      const column = x + dx
      if (column < 0 || column >= alpha.width) continue
      const i = row * alpha.width + column
      const value = mask.data[y * mask.width + x] ?? 0
      if (value > (alpha.data[i] ?? 0)) alpha.data[i] = value
    }
  }
}

/** Works the form out on a grid of about one body unit and enlarges it. */
async function fullRelief(alpha: Plane, job: LayerJob, window: Window): Promise<FullRelief> {
  const { view, layer } = job
  const factor = Math.max(1, Math.round(view.scale / 1.15))
  const cell = factor / view.scale
  const pad = Math.ceil(layer.puff.radius / cell)
  const columns = Math.ceil(alpha.width / factor)
  const rows = Math.ceil(alpha.height / factor)
  const coarse = shrinkWithMargin(alpha, { factor, pad, columns, rows, window, view })
  const grid: Grid = {
    left: (window.x - view.left) / view.scale - pad * cell,
    top: (window.y - view.top) / view.scale - pad * cell,
    cell,
  }
  await addOpenings(coarse, layer, grid)
  const relief = reliefOf(coarse, layer, job.surfaces.main.material, grid, job.seed)
  const enlarge = (plane: Plane): Plane =>
    resizePlane(crop(plane, pad, columns, rows), columns * factor, rows * factor)
  return mapRelief(relief, enlarge, columns * factor)
}

async function addOpenings(mask: Plane, layer: Layer, grid: Grid): Promise<void> {
  const { width, height } = mask
  const view: View = {
    width,
    height,
    scale: 1 / grid.cell,
    left: -grid.left / grid.cell,
    top: -grid.top / grid.cell,
  }
  for (const curve of layer.openings) {
    const masks = await rasterisePart(part(curve, 'plain'), view)
    if (masks !== null) unite(mask, { x: 0, y: 0, width, height }, masks)
  }
}

function mapRelief(relief: Relief, change: (plane: Plane) => Plane, stride: number): FullRelief {
  return {
    slopeX: change(relief.slopeX),
    slopeY: change(relief.slopeY),
    hollow: change(relief.hollow),
    stride,
  }
}

type Shrinking = { factor: number; pad: number; columns: number; rows: number; window: Window; view: View }

/**
 * Averages blocks of pixels. Outside the window nothing is there, except where the window ends because the picture
 * ends: there the cloth goes on, or a close-up would look rounded off at the frame.
 */
function shrinkWithMargin(alpha: Plane, to: Shrinking): Plane {
  const { factor, pad, columns, rows, window, view } = to
  const out = newPlane(columns + 2 * pad, rows + 2 * pad)
  const goesOn = {
    left: window.x === 0,
    top: window.y === 0,
    right: window.x + window.width === view.width,
    bottom: window.y + window.height === view.height,
  }
  for (let row = 0; row < out.height; row++) {
    const r = row - pad
    if ((r < 0 && !goesOn.top) || (r >= rows && !goesOn.bottom)) continue
    for (let column = 0; column < out.width; column++) {
      const c = column - pad
      if ((c < 0 && !goesOn.left) || (c >= columns && !goesOn.right)) continue
      const x = Math.min(columns - 1, Math.max(0, c)) * factor
      const y = Math.min(rows - 1, Math.max(0, r)) * factor
      out.data[row * out.width + column] = meanOf(alpha, x, y, factor)
    }
  }
  return out
}

function meanOf(plane: Plane, x0: number, y0: number, side: number): number {
  const x1 = Math.min(plane.width, x0 + side)
  const y1 = Math.min(plane.height, y0 + side)
  let sum = 0
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += plane.data[y * plane.width + x] ?? 0
  return sum / Math.max(1, (x1 - x0) * (y1 - y0))
}

function crop(plane: Plane, pad: number, columns: number, rows: number): Plane {
  const out = newPlane(columns, rows)
  for (let row = 0; row < rows; row++) {
    const from = (row + pad) * plane.width + pad
    out.data.set(plane.data.subarray(from, from + columns), row * columns)
  }
  return out
}

/** Darkens what is already painted below and around the layer. */
function castShadow(canvas: Canvas, buffers: LayerBuffers, strength: number, view: View): void {
  const { window, alpha } = buffers
  const soft = blur(alpha, Math.max(1, 4.5 * view.scale))
  const down = Math.round(3.2 * view.scale)
  for (let y = 0; y < window.height; y++) {
    const row = window.y + y
    const source = Math.max(0, y - down) * window.width
    for (let x = 0; x < window.width; x++) {
      const i = row * canvas.width + window.x + x
      if ((canvas.cover[i] ?? 0) === 0) continue
      const k = 1 - strength * (soft.data[source + x] ?? 0)
      for (let c = 0; c < 3; c++) canvas.light[i * 3 + c] = (canvas.light[i * 3 + c] ?? 0) * k
    }
  }
}
