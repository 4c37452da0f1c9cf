import type { Charge, CreditKind } from '#domains/wallet/public.ts'
import type { GenerationId, ProductId, UserId } from '#kernel/id.ts'
import type { Cents } from '#kernel/money.ts'

export const ASPECT_RATIOS = ['1:1', '2:3', '3:2', '4:3', '3:4', '16:9', '9:16'] as const
export type AspectRatio = (typeof ASPECT_RATIOS)[number]

export type GenerationMode = 'generate' | 'try_on'
export type GenerationStatus = 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled'

/** What the person who waits is shown; in this order, each reported when it begins. */
export const STEPS = [
  'reading_photo',
  'finding_person',
  'cutting_garment',
  'fitting',
  'shading',
  'finishing',
] as const
export type Step = (typeof STEPS)[number]

/** From where a generation may move where. A finished one never moves again. */
export const MOVES = {
  queued: ['processing', 'failed', 'cancelled'],
  processing: ['queued', 'succeeded', 'failed'],
  succeeded: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<GenerationStatus, readonly GenerationStatus[]>

/** No result after this long: failed by the watchdog, the charge goes back (contract 4.2). */
export const RESULT_WITHIN_MS = 10 * 60_000
/** One try of a provider (contract 5). */
export const TRY_TIMEOUT_MS = 60_000
/** Tries that may fail for a reason that can heal; a refusal is final at once (contract 5). */
export const TRIES_MAX = 3
/** Longest side of a result in pixels. */
export const RESULT_SIDE_MAX = 768

export type Generation = {
  id: GenerationId
  user_id: UserId
  product_id: ProductId | null
  type: CreditKind
  mode: GenerationMode
  status: GenerationStatus
  step: Step | null
  prompt: string | null
  aspect_ratio: AspectRatio
  person_key: string | null
  garment_key: string | null
  save_to_wardrobe: boolean
  image_key: string | null
  understood: Understood | null
  error_code: string | null
  charge_kind: Charge['charge_kind']
  price_cents: Cents
  cost_cents: Cents
  hold_id: number | null
  run_id: string | null
  attempts: number
  sequence: number
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

/** Which words of a prompt decided something, and which did not. */
export type Understood = { words: { word: string; meaning: string }[]; ignored: string[] }

/** The charge that was made when the generation was accepted. */
export function chargeOf(generation: Pick<Generation, 'charge_kind' | 'price_cents' | 'hold_id'>): Charge {
  const { charge_kind, price_cents, hold_id } = generation
  if (charge_kind === 'balance' && hold_id !== null) return { charge_kind, price_cents, hold_id }
  return charge_kind === 'free'
    ? { charge_kind, price_cents, hold_id: null }
    : { charge_kind: 'none', price_cents: 0, hold_id: null }
}
