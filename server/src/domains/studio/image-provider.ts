import type { JsonObject } from '#kernel/json.ts'
import type { Locale } from '#kernel/locale.ts'
import type { AspectRatio, Step, Understood } from './model.ts'

/** A garment cut out of its picture: PNG with alpha and what the provider found out about it. */
export type StoredCut = { png: Uint8Array; facts: JsonObject }

export type TryOnInput = {
  person: Uint8Array
  /** The garment picture, and a cut of it made earlier when there is one. */
  garment: Uint8Array
  garment_cut: StoredCut | null
  side_max: number
}

export type GenerateInput = {
  prompt: string
  /** Language in which meanings are named. */
  locale: Locale
  aspect_ratio: AspectRatio
  width: number
  /** A person whose looks the picture keeps (contract 2.10), when there is a photo. */
  person: Uint8Array | null
  /** Same seed and prompt, same picture. */
  seed: number
}

export type Painted = {
  outcome: 'painted'
  image: Uint8Array
  width: number
  height: number
  understood: Understood | null
  /** The garment's cut, worth keeping, when it was made on the way. */
  garment_cut: StoredCut | null
}

/** The provider will not make this picture; the code tells the person what to change. Final, nothing is charged. */
export type Refused = { outcome: 'refused'; code: string }

export type ProviderRun = { signal: AbortSignal; timeout_ms: number; onStep: (step: Step) => void }

/** Who paints. The embedded engine is one; hosted models are others. */
export type ImageProvider = {
  name: string
  model: string
  /** How `generate` makes pictures; goes into the machine-readable mark. */
  generates: 'trained' | 'procedural'
  tryOn(input: TryOnInput, run: ProviderRun): Promise<Painted | Refused>
  generate(input: GenerateInput, run: ProviderRun): Promise<Painted | Refused>
  close(): Promise<void>
}

/** The provider could not do it this time: tried again. */
export class ProviderFailure extends Error {
  /** `stopping`: this worker ends, another will do it. */
  readonly reason: 'timed_out' | 'crashed' | 'unreachable' | 'failed' | 'stopping'

  constructor(reason: ProviderFailure['reason'], cause: unknown) {
    super(`image provider: ${reason}`, { cause })
    this.name = 'ProviderFailure'
    this.reason = reason
  }
}
