import type { Tx } from '#infra/db.ts'
import type { ShopId, UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { LocalizedText } from '#kernel/locale.ts'
import type { Cents } from '#kernel/money.ts'

/** A profile that ends. */
export type Leaving = { user_id: UserId; shop_id?: never } | { shop_id: ShopId; user_id?: never }

/** Why a profile cannot end now. `reason` is stable and machine-readable. */
export type Obstacle = { reason: string; detail: LocalizedText; extra?: Record<string, unknown> }

export type ErasureRequest = {
  profile: 'user' | 'shop'
  profile_id: number
  account_id: number
  is_account_closed: boolean
  /** Of an account that is closed: its mails are forgotten, too. */
  email: string | null
  now: Date
}

/** What other slices do when a profile ends, in its transaction. Wired by the composition. */
export type ClosingHooks = {
  /** Refusals of other slices: a pending payment, an open order. */
  obstacles: ((tx: Tx, leaving: Leaving) => Promise<Obstacle | null>)[]
  /** Ends what still runs for a user; what was set aside for it goes back to the wallet. */
  stop_work: (tx: Tx, user_id: UserId) => Promise<void>
  freeze_wallet: (tx: Tx, leaving: Leaving) => Promise<void>
  close_wallet: (
    tx: Tx,
    wallet: { owner: Leaving; forfeit: boolean; extra_data: JsonObject; now: Date },
  ) => Promise<{ is_closed: true; forfeited_cents: Cents } | { is_closed: false; left_cents: Cents }>
  /** Takes a shop's cards out of the catalogue; says how many there were. */
  withdraw_cards: (tx: Tx, shop: { shop_id: ShopId; now: Date }) => Promise<number>
  /** What the profile left everywhere else is deleted by a job. */
  request_erasure: (tx: Tx, request: ErasureRequest) => Promise<void>
}
