import { completeSpec } from './defaults.ts'
import { newCanvas } from './draw/canvas.ts'
import { developPicture } from './draw/studio.ts'
import { type View as Frame, fitBox } from './draw/view.ts'
import { drawGarment } from './garments/draw-garment.ts'
import { drawingBox } from './geometry/drawing.ts'
import { paintDrawing } from './render-spec.ts'
import type { GarmentWish, View } from './spec.ts'

export type SetJob = {
  readonly pieces: readonly GarmentWish[]
  readonly width: number
  readonly height: number
  readonly seed: number
  readonly view: View
}

/** Several garments side by side (one above the other in a tall picture). @returns sRGB bytes */
export async function renderSet(job: SetJob): Promise<Uint8Array> {
  const canvas = newCanvas(job.width, job.height)
  const frames: Frame[] = []
  for (const [index, piece] of job.pieces.entries()) {
    const spec = completeSpec(piece)
    const drawing = drawGarment(spec, job.view === 'back' ? 'back' : 'front', job.seed + index)
    const cell = cellOf(job, index)
    const scaleMax = Math.min(job.width / 380, job.height / 480)
    const inCell = fitBox(drawingBox(drawing), cell, { x: 0.08, y: 0.07 }, scaleMax)
    const frame = {
      ...inCell,
      width: job.width,
      height: job.height,
      left: inCell.left + cell.x,
      top: inCell.top + cell.y,
    }
    frames.push(frame)
    await paintDrawing({ drawing, spec, frame, seed: job.seed + index, canvas, cut: null })
  }
  return developPicture(canvas, { floor: null, scale: frames[0]?.scale ?? 1 })
}

/** Three or four pieces in two columns, two pieces along the longer side. */
function cellOf(job: SetJob, index: number): { x: number; y: number; width: number; height: number } {
  const count = job.pieces.length
  const isTall = job.height > job.width * 1.45
  const columns = count <= 2 ? (isTall ? 1 : 2) : 2
  const rows = Math.ceil(count / columns)
  const width = job.width / columns
  const height = job.height / rows
  return { x: (index % columns) * width, y: Math.floor(index / columns) * height, width, height }
}
