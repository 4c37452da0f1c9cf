import type { ProductId, ShopId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { after, DAY_MS } from '#kernel/time.ts'

export type ModerationStatus = 'pending' | 'approved' | 'rejected'

/** A product card with its shop's name and whether it is listed, as `catalog.v_products` gives it. */
export type Product = {
  id: ProductId
  shop_id: ShopId
  shop_name: string
  category_id: number | null
  name: string
  description: string | null
  characteristics: JsonObject | null
  price_cents: number
  /** Paths on the media host. */
  images: string[]
  rent_expires_at: Date | null
  is_active: boolean
  is_listed: boolean
  moderation_status: ModerationStatus
  moderation_notes: string | null
  views_count: number
  try_ons_count: number
  purchases_count: number
  reviews_count: number
  ratings_sum: number
  approval_fee_charged_at: Date | null
  first_approved_at: Date | null
  version: number
  created_at: Date
  updated_at: Date
}

/**
 * The one table of a card's life (contract 4.5). `is_active: 'kept'` leaves the switch as it is; a row without `to`
 * changes only the switch.
 */
export const MOVES = {
  edit: { from: ['pending', 'approved', 'rejected'], to: 'pending', is_active: 'kept' },
  approve: { from: ['pending', 'rejected'], to: 'approved', is_active: true },
  reject: { from: ['pending', 'approved'], to: 'rejected', is_active: false },
  switch_off: { from: ['approved'], to: 'approved', is_active: false },
  switch_on: { from: ['approved'], to: 'approved', is_active: true },
  end_rent: { from: ['approved'], to: 'approved', is_active: false },
  pay_rent: { from: ['approved'], to: 'approved', is_active: true },
} as const satisfies Record<
  string,
  { from: readonly ModerationStatus[]; to: ModerationStatus; is_active: boolean | 'kept' }
>

export type Move = keyof typeof MOVES

export function canMove(move: Move, from: ModerationStatus): boolean {
  const allowed: readonly ModerationStatus[] = MOVES[move].from
  return allowed.includes(from)
}

/** Rent after an approval: the first one includes `initial_days` when none runs; 0 days = no expiry (DEC-05). */
export function rentAfterApproval(
  card: Pick<Product, 'first_approved_at' | 'rent_expires_at'>,
  initial_days: number,
  now: Date,
): Date | null {
  const is_running = card.rent_expires_at !== null && card.rent_expires_at > now
  if (card.first_approved_at !== null || is_running || initial_days === 0) return card.rent_expires_at
  return after(now, initial_days * DAY_MS)
}

/** Mean of the ratings with two decimals; 0 when there are none. */
export function averageRating(ratings_sum: number, count: number): number {
  return count === 0 ? 0 : Math.round((ratings_sum / count) * 100) / 100
}

export const IMAGES_MAX = 10

const CHARACTERISTICS_BYTES_MAX = 8_192
const CHARACTERISTICS_KEYS_MAX = 50

export type CharacteristicsFault = 'too_large' | 'too_many_keys' | 'too_deep'

/** Contract 0.4 `Json`: at most 8 KiB and 50 keys; a value may be an object or a list of plain values, not deeper. */
export function characteristicsFault(value: JsonObject): CharacteristicsFault | null {
  let keys = 0
  for (const inner of Object.values(value)) {
    keys += 1
    if (typeof inner !== 'object' || inner === null) continue
    if (Object.values(inner).some((leaf) => typeof leaf === 'object' && leaf !== null)) return 'too_deep'
    if (!Array.isArray(inner)) keys += Object.keys(inner).length
  }
  if (keys > CHARACTERISTICS_KEYS_MAX) return 'too_many_keys'
  return Buffer.byteLength(JSON.stringify(value)) > CHARACTERISTICS_BYTES_MAX ? 'too_large' : null
}
