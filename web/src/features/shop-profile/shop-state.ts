import type { Shop } from '../../api/types.ts'

/** The states of contract 4.6. */
export type ShopState = 'pending' | 'rejected' | 'active' | 'paused' | 'blocked'

export function shopStateOf(shop: Shop): ShopState {
  if (!shop.is_approved) return shop.rejection_reason === null ? 'pending' : 'rejected'
  if (shop.is_blocked) return 'blocked'
  return shop.is_active ? 'active' : 'paused'
}

export const PROFILE_FIELDS = ['description', 'phone', 'whatsapp_number', 'address'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** What buyers and the reviewing admin would like to know and the shop has not said. */
export function missingOf(shop: Shop): ProfileField[] {
  return PROFILE_FIELDS.filter((field) => (shop[field] ?? '').trim() === '')
}

export type Step = 'profile' | 'balance' | 'fix' | 'first' | 'add' | 'done'
export type StepFacts = {
  shop: Shop
  approval_fee: number | null
  cards: { all: number; rejected: number } | null
}

/** What is worth doing now, most urgent first. Cards can be worked on only by an approved shop. */
export function stepsFor({ shop, approval_fee, cards }: StepFacts): Step[] {
  const steps: Step[] = []
  if (cards !== null && cards.rejected > 0 && shop.is_approved) steps.push('fix')
  if (missingOf(shop).length > 0) steps.push('profile')
  if (approval_fee !== null && shop.balance < approval_fee) steps.push('balance')
  if (shop.is_approved && cards !== null) steps.push(cards.all === 0 ? 'first' : 'add')
  return steps.length === 0 ? ['done'] : steps
}
