import sharp from 'sharp'
import type { GarmentCut } from '../engine/garment-cut.ts'
import { cutOf } from './cut.ts'
import { completeSpec } from './defaults.ts'
import { newCanvas } from './draw/canvas.ts'
import { developPicture } from './draw/studio.ts'
import { renderOutfit } from './outfit.ts'
import { renderSet } from './render-set.ts'
import { renderSpec } from './render-spec.ts'
import type { GarmentWish, Locale, View } from './spec.ts'
import { understandPrompt } from './words/understand.ts'

export const aspectRatios = {
  '1:1': 1,
  '2:3': 2 / 3,
  '3:2': 3 / 2,
  '4:3': 4 / 3,
  '3:4': 3 / 4,
  '16:9': 16 / 9,
  '9:16': 9 / 16,
} as const
export type AspectRatio = keyof typeof aspectRatios

export type GarmentRequest = {
  prompt: string
  /** Language of the meanings that are reported; Russian when absent. */
  locale?: Locale
  aspect_ratio: AspectRatio
  /** Pixels; kept within 128..1536, and the height within 2048. */
  width: number
  /** The same prompt and seed give the same pixels; derived from the prompt when absent. */
  seed?: number
  subject: 'garment' | 'model'
  view?: View
}

export type GarmentAnswer = {
  png: Uint8Array
  width: number
  height: number
  /** Empty when no garment was named: the picture is then an empty studio, and the caller should refuse with advice. */
  understood: { word: string; meaning: string }[]
  ignored: string[]
  /** null unless the picture shows the front of a single top. */
  cut: GarmentCut | null
}

const widthMin = 128
const widthMax = 1536
const heightMax = 2048

/** Draws what the words ask for. Never throws for any text; the text never reaches the SVG. */
export async function renderGarment(request: GarmentRequest): Promise<GarmentAnswer> {
  const wish = understandPrompt(request.prompt, request.locale ?? 'ru')
  const size = sizeOf(request)
  const seed = request.seed ?? seedOf(request.prompt)
  const job = { ...size, seed, view: request.view ?? 'front' }
  const { pixels, cut } = await draw(wish.pieces, request.subject, { ...job, wearer: wish.wearer ?? 'women' })
  const raw = { ...size, channels: 3 as const }
  return {
    png: await sharp(pixels, { raw }).png({ compressionLevel: 7 }).toBuffer(),
    ...size,
    understood: [...wish.understood],
    ignored: [...wish.ignored],
    cut,
  }
}

type DrawJob = { width: number; height: number; seed: number; view: View; wearer: 'women' | 'men' | 'kids' }

async function draw(
  pieces: readonly GarmentWish[],
  subject: 'garment' | 'model',
  job: DrawJob,
): Promise<{ pixels: Uint8Array; cut: GarmentCut | null }> {
  const [first, second] = pieces
  if (first === undefined) {
    return { pixels: developPicture(newCanvas(job.width, job.height), { floor: null, scale: 1 }), cut: null }
  }
  if (subject === 'model') return { pixels: await renderOutfit({ ...job, pieces }), cut: null }
  if (second !== undefined) return { pixels: await renderSet({ ...job, pieces }), cut: null }
  const picture = await renderSpec({ ...job, spec: completeSpec(first), withCut: job.view === 'front' })
  return { pixels: picture.pixels, cut: await cutOf(picture) }
}

function sizeOf(request: GarmentRequest): { width: number; height: number } {
  const ratio = aspectRatios[request.aspect_ratio]
  const wanted = Number.isFinite(request.width) ? request.width : 768
  const width = Math.round(Math.min(widthMax, heightMax * ratio, Math.max(widthMin, wanted)))
  return { width, height: Math.round(width / ratio) }
}

/** FNV-1a of the text: another wording gives other folds. */
function seedOf(text: string): number {
  let hash = 2166136261
  for (let i = 0; i < Math.min(text.length, 2000); i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
  return (hash >>> 0) % 100000
}
