import { completeSpec } from './defaults.ts'
import { newCanvas } from './draw/canvas.ts'
import { developPicture } from './draw/studio.ts'
import { fitBox } from './draw/view.ts'
import { drawMannequin, figureBox, mannequinSpec } from './figure/mannequin.ts'
import { drawGarment } from './garments/draw-garment.ts'
import type { Box } from './geometry/curve.ts'
import { type Drawing, drawingBox } from './geometry/drawing.ts'
import { paintDrawing } from './render-spec.ts'
import { type GarmentSpec, type GarmentType, type GarmentWish, hasDetail, type Wearer } from './spec.ts'

export type OutfitJob = {
  readonly pieces: readonly GarmentWish[]
  readonly wearer: Wearer
  readonly width: number
  readonly height: number
  readonly seed: number
}

type Worn = { readonly spec: GarmentSpec; readonly drawing: Drawing }

/** A faceless figure wearing all pieces, from the innermost to the outermost. @returns sRGB bytes */
export async function renderOutfit(job: OutfitJob): Promise<Uint8Array> {
  const worn = dress(job)
  const mannequin: Worn = { spec: mannequinSpec(), drawing: drawMannequin(job.wearer) }
  const frame = fitBox(
    unite([figureBox, ...worn.map((one) => drawingBox(one.drawing))]),
    job,
    { x: 0.06, y: 0.045 },
    10,
  )
  const canvas = newCanvas(job.width, job.height)
  const paint = (one: Worn, only?: 'behind' | 'front'): Promise<void> =>
    paintDrawing({
      ...one,
      frame,
      seed: job.seed,
      canvas,
      cut: null,
      ...(only === undefined ? {} : { only }),
    })
  for (const one of worn) await paint(one, 'behind')
  await paint(mannequin)
  for (const one of worn) await paint(one, 'front')
  return developPicture(canvas, { floor: 0.86, scale: frame.scale })
}

const bottoms: readonly GarmentType[] = [
  'skirt',
  'pencil_skirt',
  'pleated_skirt',
  'denim_skirt',
  'trousers',
  'jeans',
  'joggers',
  'shorts',
  'leggings',
]
const outer: readonly GarmentType[] = [
  'cardigan',
  'jacket',
  'denim_jacket',
  'leather_jacket',
  'puffer',
  'blazer',
  'coat',
  'trench',
  'vest',
  'chapan',
]
const tucked: readonly GarmentType[] = ['shirt', 'blouse', 'tank', 't_shirt', 'longsleeve']

function dress(job: OutfitJob): readonly Worn[] {
  const specs = job.pieces.map((piece) => completeSpec({ wearer: job.wearer, ...piece }))
  const bottom = specs.find((spec) => bottoms.includes(spec.type))
  const tuckIn =
    bottom !== undefined &&
    (bottom.type.includes('skirt') || hasDetail(bottom, 'high_waist') || bottom.leg === 'wide')
  return specs
    .map((spec): GarmentSpec => (tuckIn && tucked.includes(spec.type) ? { ...spec, length: 'mini' } : spec))
    .map((spec) => ({ spec, rank: rankOf(spec, tuckIn), drawing: drawGarment(spec, 'front', job.seed) }))
    .sort((a, b) => a.rank - b.rank)
}

function rankOf(spec: GarmentSpec, tuckIn: boolean): number {
  if (bottoms.includes(spec.type)) return 1
  if (outer.includes(spec.type)) return 4
  if (spec.type === 'sweater' || spec.type === 'hoodie' || spec.type === 'sweatshirt') return 3
  return tuckIn && tucked.includes(spec.type) ? 0 : 2
}

function unite(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  }
}
