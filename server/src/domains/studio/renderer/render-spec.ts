import { type Canvas, newCanvas } from './draw/canvas.ts'
import { paintLayer } from './draw/paint-layer.ts'
import { developPicture } from './draw/studio.ts'
import { surfacesOf } from './draw/surface.ts'
import { type View as Frame, fitBox } from './draw/view.ts'
import { drawGarment } from './garments/draw-garment.ts'
import type { Box } from './geometry/curve.ts'
import { type Drawing, drawingBox } from './geometry/drawing.ts'
import type { GarmentSpec, View } from './spec.ts'

export type SpecPicture = {
  readonly width: number
  readonly height: number
  /** sRGB, three bytes a pixel. */
  readonly pixels: Uint8Array
  /** What belongs to the front of the garment, for the cut-out; null when not asked for. */
  readonly cut: Canvas | null
  readonly drawing: Drawing
  readonly frame: Frame
}

export type SpecJob = {
  readonly spec: GarmentSpec
  readonly view: View
  readonly width: number
  readonly height: number
  readonly seed: number
  readonly withCut: boolean
}

/** One garment on a studio wall. The same job gives the same pixels. */
export async function renderSpec(job: SpecJob): Promise<SpecPicture> {
  const drawing = drawGarment(job.spec, job.view, job.seed)
  const frame = job.view === 'detail' ? closeUp(drawing, job) : wholeView(drawingBox(drawing), job)
  const canvas = newCanvas(job.width, job.height)
  const cut = job.withCut ? newCanvas(job.width, job.height) : null
  await paintDrawing({ drawing, spec: job.spec, frame, seed: job.seed, canvas, cut })
  const pixels = developPicture(canvas, { floor: null, scale: frame.scale })
  return { width: job.width, height: job.height, pixels, cut, drawing, frame }
}

export type DrawingJob = {
  readonly drawing: Drawing
  readonly spec: GarmentSpec
  readonly frame: Frame
  readonly seed: number
  readonly canvas: Canvas
  readonly cut: Canvas | null
  /** Which layers to paint; all when absent. */
  readonly only?: 'behind' | 'front'
}

export async function paintDrawing(job: DrawingJob): Promise<void> {
  const box = drawingBox(job.drawing)
  const surfaces = await surfacesOf(job.spec, job.frame.scale, (box.top + box.bottom) / 2, job.seed)
  for (const layer of job.drawing.layers) {
    if (job.only === 'behind' && !layer.behind) continue
    if (job.only === 'front' && layer.behind) continue
    const targets = [{ canvas: job.canvas, castsShadow: true }]
    if (job.cut !== null && layer.front) targets.push({ canvas: job.cut, castsShadow: false })
    await paintLayer({ layer, surfaces, view: job.frame, seed: job.seed, targets })
  }
}

/** Small garments are not blown up to fill the picture: shorts stay smaller than trousers. */
function wholeView(box: Box, size: { width: number; height: number }): Frame {
  const scaleMax = Math.min(size.width / 340, size.height / 440)
  return fitBox(box, size, { x: 0.085, y: 0.085 }, scaleMax)
}

function closeUp(drawing: Drawing, size: { width: number; height: number }): Frame {
  const scale = size.width / drawing.focus.width
  return {
    width: size.width,
    height: size.height,
    scale,
    left: size.width / 2 - drawing.focus.x * scale,
    top: size.height / 2 - drawing.focus.y * scale,
  }
}
