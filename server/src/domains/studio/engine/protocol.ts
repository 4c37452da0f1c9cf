/** What the parent and the engine's child process say to each other. Sent with structured clone, so bytes stay bytes. */
import type { GarmentCut } from './garment-cut.ts'
import type { RefusalCode } from './refusal.ts'

/** Steps of a try-on, in order; each is reported when it begins. */
export const engineSteps = [
  'reading_photo',
  'finding_person',
  'cutting_garment',
  'fitting',
  'shading',
  'finishing',
] as const
export type EngineStep = (typeof engineSteps)[number]

export type TryOnRequest = {
  /** JPEG, PNG, WebP… of one standing person facing the camera. */
  person: Uint8Array
  /** A product picture, or a cut made earlier (saves about a second). */
  garment: Uint8Array | GarmentCut
  /** Longest side of the result in pixels, 384–1280; a smaller photo is not enlarged. */
  side_max: number
}

export type TryOnAnswer = {
  /** WebP, opaque, without the AI mark (the caller embeds it, see `mark-picture.ts`). */
  image: Uint8Array
  width: number
  height: number
  /** Wall time of each part in milliseconds, and `total`. */
  timings_ms: Record<string, number>
  /** Share of pixels that differ from the photo by intention (0..1). */
  change_mask_share: number
  /** The cut that was used: worth caching when the request held a picture. */
  cut: GarmentCut
}

export type CutRequest = { image: Uint8Array }

export type RenderRequest = {
  prompt: string
  aspect_ratio: '1:1' | '2:3' | '3:2' | '4:3' | '3:4' | '16:9' | '9:16'
  /** Width of the result in pixels. */
  width: number
  seed?: number
  subject: 'garment' | 'model'
  /** Language in which `understood` names the meanings; Russian unless said. */
  locale?: 'ru' | 'kk' | 'en'
}

export type RenderAnswer = {
  png: Uint8Array
  width: number
  height: number
  /** Words of the prompt that decided something, and what they were taken to mean. */
  understood: { word: string; meaning: string }[]
  ignored: string[]
  /** null when the picture cannot be tried on. */
  cut: GarmentCut | null
}

export type Jobs = {
  try_on: { request: TryOnRequest; answer: TryOnAnswer }
  cut_garment: { request: CutRequest; answer: GarmentCut }
  render: { request: RenderRequest; answer: RenderAnswer }
}
export type JobKind = keyof Jobs

/** Why a job failed although the input was acceptable. */
export type FailureCode = 'engine_timed_out' | 'engine_crashed' | 'engine_failed' | 'engine_closed'

export type ToChild = { [K in JobKind]: { id: number; kind: K; request: Jobs[K]['request'] } }[JobKind]

export type FromChild =
  | { type: 'ready'; rss_bytes: number }
  | { type: 'step'; id: number; step: EngineStep }
  | { type: 'done'; id: number; answer: Jobs[JobKind]['answer']; rss_bytes: number }
  | { type: 'refused'; id: number; code: RefusalCode; measured: Record<string, number>; rss_bytes: number }
  | { type: 'failed'; id: number; message: string; rss_bytes: number }
