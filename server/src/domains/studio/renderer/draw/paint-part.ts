import { blur } from '../../raster/blur.ts'
import { newPlane, type Plane } from '../../raster/types.ts'
import type { Fade, Part } from '../geometry/drawing.ts'
import { materials } from './fabric.ts'
import { fbm } from './noise.ts'
import type { LayerBuffers } from './paint-layer.ts'
import type { PartMasks } from './rasterise.ts'
import { flat, type Surface, type Surfaces } from './surface.ts'
import type { View } from './view.ts'

type PartJob = {
  readonly part: Part
  readonly masks: PartMasks
  readonly isShell: boolean
  readonly buffers: LayerBuffers
  readonly surfaces: Surfaces
  readonly view: View
}

/** Lays one part's cloth, seams and stitches into the layer's buffers. */
export function paintPart(job: PartJob): void {
  if (!job.isShell && job.part.shadow > 0) shadeBeneath(job)
  layCloth(job)
  if (!job.isShell) raiseEdge(job)
  if (job.masks.seams !== null) sinkSeams(job, job.masks.seams)
  if (job.masks.stitches !== null) sewStitches(job, job.masks.stitches)
}

function surfaceOf(part: Part, surfaces: Surfaces): Surface {
  if (part.cloth !== 'thing') return surfaces[part.cloth]
  const material = part.metal
    ? { ...materials.leather, gloss: 0.7, shininess: 12 }
    : { ...materials.leather, gloss: 0.2, shininess: 20 }
  return { paint: flat(part.tint ?? '#2a2a2c'), weave: () => 0, relief: null, material }
}

/** Calls `visit(index in the part, index in the layer, weight)` for every covered pixel inside the layer. */
function forEachPixel(
  job: PartJob,
  mask: Plane,
  visit: (i: number, weight: number, x: number, y: number) => void,
): void {
  const { buffers, masks, part, isShell } = job
  const { window, alpha } = buffers
  const dx = masks.window.x - window.x
  const dy = masks.window.y - window.y
  for (let y = 0; y < mask.height; y++) {
    const row = y + dy
    if (row < 0 || row >= window.height) continue
    for (let x = 0; x < mask.width; x++) {
      const weight = mask.data[y * mask.width + x] ?? 0
      const column = x + dx
      if (weight === 0 || column < 0 || column >= window.width) continue
      const i = row * window.width + column
      if (!isShell && part.clipped && (alpha.data[i] ?? 0) === 0) continue
      visit(i, weight, column, row)
    }
  }
}

function layCloth(job: PartJob): void {
  const { part, buffers, view } = job
  const { albedo, tone, fine, gloss, relief, window } = buffers
  const surface = surfaceOf(part, job.surfaces)
  const baseGloss = job.surfaces.main.material.gloss
  const glossRatio = surface.material.gloss / Math.max(0.01, baseGloss)
  const cos = Math.cos(part.frame.angle)
  const sin = Math.sin(part.frame.angle)
  const out = new Float32Array(3)
  forEachPixel(job, job.masks.mask, (i, weight, column, row) => {
    const j = row * relief.stride + column
    const slopeX = relief.slopeX.data[j] ?? 0
    const slopeY = relief.slopeY.data[j] ?? 0
    const x = (window.x + column + 0.5 - view.left) / view.scale - part.frame.x
    const y = (window.y + row + 0.5 - view.top) / view.scale - part.frame.y
    // Cloth that runs down a fold looks compressed: the pattern shifts with the slope.
    const u = x * cos + y * sin + slopeX * 3.2
    const v = y * cos - x * sin + slopeY * 3.2
    surface.paint(u, v, out)
    const fade = part.fades.length === 0 ? 0 : fadeAt(part.fades, x + part.frame.x, y + part.frame.y)
    for (let k = 0; k < 3; k++) {
      const base = out[k] ?? 0
      const colour = fade === 0 ? base : base + fade * (0.24 + base * 1.25 - base)
      const before = albedo[i * 3 + k] ?? 0
      albedo[i * 3 + k] = before + (colour - before) * weight
    }
    tone[i] = (tone[i] ?? 1) * (1 - weight) + weight * (1 + surface.weave(u, v))
    gloss[i] = (gloss[i] ?? 1) * (1 - weight) + weight * glossRatio
    if (surface.relief !== null) fine[i] = (fine[i] ?? 0) * (1 - weight) + weight * surface.relief(u, v)
    else fine[i] = (fine[i] ?? 0) * (1 - weight)
  })
}

function fadeAt(fades: readonly Fade[], x: number, y: number): number {
  let sum = 0
  for (const fade of fades) {
    const dx = (x - fade.x) / fade.rx
    const dy = (y - fade.y) / fade.ry
    const distance = dx * dx + dy * dy
    if (distance < 6) sum += fade.amount * Math.exp(-distance)
  }
  return sum === 0 ? 0 : sum * (0.55 + 0.9 * fbm(x / 7, y / 16, 77, 2))
}

/** Soft shadow of an overlay on the cloth under it, light from the upper left. */
function shadeBeneath(job: PartJob): void {
  const { masks, buffers, part, view } = job
  const { mask, window } = masks
  const pad = Math.ceil(4 * view.scale) + 1
  const wide = newPlane(mask.width + 2 * pad, mask.height + 2 * pad)
  const right = Math.round(0.7 * view.scale)
  const down = Math.round(1.7 * view.scale)
  for (let y = 0; y < mask.height; y++) {
    const to = (y + pad + Math.min(down, pad - 1)) * wide.width + pad + Math.min(right, pad - 1)
    wide.data.set(mask.data.subarray(y * mask.width, (y + 1) * mask.width), to)
  }
  const soft = blur(wide, Math.max(0.7, 1.7 * view.scale))
  const shadowJob: PartJob = {
    ...job,
    part: { ...part, clipped: false },
    masks: { ...masks, window: { ...window, x: window.x - pad, y: window.y - pad } },
  }
  forEachPixel(shadowJob, soft, (i, weight) => {
    buffers.tone[i] = (buffers.tone[i] ?? 1) * (1 - part.shadow * weight)
  })
}

function raiseEdge(job: PartJob): void {
  const { part, masks, buffers, view } = job
  if (part.thickness === 0) return
  const soft = blur(masks.mask, Math.max(0.8, 0.55 * view.scale))
  forEachPixel(job, soft, (i, weight) => {
    buffers.fine[i] = (buffers.fine[i] ?? 0) + part.thickness * weight
  })
}

/** A seam is a narrow valley with puckered, slightly darker cloth along it. */
function sinkSeams(job: PartJob, seams: Plane): void {
  const { buffers, view } = job
  const soft = blur(seams, Math.max(0.7, 0.7 * view.scale))
  forEachPixel(job, soft, (i, weight, column, row) => {
    const pucker =
      fbm(
        (column + buffers.window.x) / (2.6 * view.scale),
        (row + buffers.window.y) / (2.6 * view.scale),
        19,
        2,
      ) - 0.38
    buffers.fine[i] = (buffers.fine[i] ?? 0) - weight * (1.1 - 1.8 * pucker)
  })
  forEachPixel(job, seams, (i, weight) => {
    buffers.tone[i] = (buffers.tone[i] ?? 1) * (1 - 0.24 * weight)
  })
}

function sewStitches(job: PartJob, stitches: Plane): void {
  const { buffers, surfaces, view } = job
  const soft = blur(stitches, Math.max(0.7, 0.8 * view.scale))
  forEachPixel(job, soft, (i, weight) => {
    buffers.fine[i] = (buffers.fine[i] ?? 0) - 0.7 * weight
    buffers.tone[i] = (buffers.tone[i] ?? 1) * (1 - 0.16 * weight)
  })
  forEachPixel(job, stitches, (i, weight) => {
    for (let k = 0; k < 3; k++) {
      const before = buffers.albedo[i * 3 + k] ?? 0
      buffers.albedo[i * 3 + k] = before + ((surfaces.thread[k] ?? 0) - before) * weight * 0.85
    }
    buffers.tone[i] = (buffers.tone[i] ?? 1) * (1 - weight * 0.5) + weight * 0.5
  })
}
