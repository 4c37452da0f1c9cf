import type { ShopId, UserId } from '#kernel/id.ts'
import type { Cents } from '#kernel/money.ts'

export type TransactionType =
  | 'TOP_UP'
  | 'GENERATION'
  | 'TRY_ON'
  | 'PRODUCT_RENT'
  | 'PRODUCT_PURCHASE'
  | 'REFUND'
  | 'COMMISSION'
  | 'APPROVAL_FEE'
  | 'SALE'
  | 'ADJUSTMENT'
  | 'PAYOUT'

/** Whose wallet. */
export type Owner = { user_id: UserId; shop_id?: never } | { shop_id: ShopId; user_id?: never }

/** The other side of a movement: where the platform's money comes from or goes to. */
export type Counterpart = 'platform:revenue' | 'platform:adjustments' | 'provider:paypal'

/** The two kinds of free credits never pay for one another (contract 4.2). */
export type CreditKind = 'generation' | 'try_on'

/** How accepted AI work is paid: settled on success, given back otherwise. */
export type Charge =
  | { charge_kind: 'free'; price_cents: Cents; hold_id: null }
  | { charge_kind: 'balance'; price_cents: Cents; hold_id: number }
  | { charge_kind: 'none'; price_cents: 0; hold_id: null }

/** Ledger accounts are locked in this order everywhere: wallets first, the hot platform accounts last and shortest. */
export function lockOrder(codes: string[]): string[] {
  return [...codes].sort((a, b) => (a < b ? 1 : -1))
}

export function walletCode(owner: Owner): string {
  return owner.user_id === undefined ? `shop:${owner.shop_id}` : `user:${owner.user_id}`
}
