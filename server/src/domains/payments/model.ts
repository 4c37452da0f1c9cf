/** Bounds of a top-up in cents (contract 2.12). */
export const TOP_UP_CENTS = { min: 100, user_max: 1_000_000, shop_max: 5_000_000 } as const

/** A payment that the person never finished: the provider's approval link is dead by then. */
export const PAYMENT_LIFE_MS = 180 * 60_000
/** The reconciler leaves younger payments to the browser and the webhook. */
export const RECONCILE_AFTER_MS = 10 * 60_000

/** What became of a payment, after asking the provider. */
export type Settled =
  | { state: 'completed'; transaction_id: number; amount_cents: number }
  | { state: 'failed'; transaction_id: number }
  /** Not approved by the payer yet, or the provider does not answer: nothing is decided. */
  | { state: 'pending'; transaction_id: number; reason: 'not_approved' | 'provider_away' | 'under_review' }
