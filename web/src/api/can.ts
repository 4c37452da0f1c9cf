import type { Approval, Generation, Person, Product, Shop, User } from './types.ts'

/**
 * What may be done with a thing in its present state. The server decides; these lines only let a button be disabled
 * with a reason before the server would refuse. Each names the file that is the authority.
 */
export type Verdict = { allowed: true } | { allowed: false; reason: Reason }
export type Reason =
  | 'not_queued'
  | 'still_running'
  | 'not_succeeded'
  | 'already_saved'
  | 'no_pictures'
  | 'not_listed'
  | 'shop_not_approved'
  | 'already_approved'
  | 'already_rejected'
  | 'already_blocked'
  | 'oneself'
  | 'own_request'
  | 'already_decided'

const YES: Verdict = { allowed: true }
const no = (reason: Reason): Verdict => ({ allowed: false, reason })

export const generationCan = {
  /** server/src/domains/studio: only while queued (contract 2.10). */
  cancel: (generation: Generation) => (generation.status === 'queued' ? YES : no('not_queued')),
  /** server/src/domains/studio: a finished record; a running one would come back as a result nobody wants. */
  remove: (generation: Generation) => (isRunning(generation) ? no('still_running') : YES),
  /** server/src/domains/studio: once, and only a picture that exists (contract 2.9). */
  save: (generation: Generation) => {
    if (generation.status !== 'succeeded') return no('not_succeeded')
    return generation.wardrobe_item_id === null ? YES : no('already_saved')
  },
}

export const productCan = {
  /** server/src/domains/studio: listed, with a picture (contract 2.10). */
  tryOn: (product: Product) => {
    if (product.moderation_status !== 'approved' || !product.is_active) return no('not_listed')
    return product.images.length > 0 ? YES : no('no_pictures')
  },
}

export const shopCan = {
  /** server/src/domains/catalog/assert-may-trade.ts: approved (contract 4.6). Whether it is blocked only the server knows. */
  writeCards: (shop: Shop) => (shop.is_approved ? YES : no('shop_not_approved')),
  /** server/src/domains/identity/shops/update-my-shop.ts: hiding what is not shown would mean nothing. */
  pause: (shop: Shop) => (shop.is_approved ? YES : no('shop_not_approved')),
}

export const moderationCan = {
  /** server/src/domains/moderation/approve-product.ts: waiting or rejected (contract 4.5). */
  approve: (product: Product) => (product.moderation_status === 'approved' ? no('already_approved') : YES),
  /** server/src/domains/moderation/reject-product.ts: waiting or approved (contract 4.5). */
  reject: (product: Product) => (product.moderation_status === 'rejected' ? no('already_rejected') : YES),
}

export const personCan = {
  /** server/src/domains/identity/users/change-role.ts: never the own one, so that an admin always stays (A13). */
  changeRole: (person: Person, me: User) => (person.id === me.id ? no('oneself') : YES),
  /** server/src/domains/identity/users/block-user.ts */
  block: (person: Person, me: User) => {
    if (person.id === me.id) return no('oneself')
    return person.is_blocked ? no('already_blocked') : YES
  },
}

export const shopByAdminCan = {
  /** server/src/domains/identity/shops/decide-on-shop.ts: one that was never approved is rejected instead. */
  block: (shop: { is_approved: boolean; is_blocked: boolean }) => {
    if (!shop.is_approved) return no('shop_not_approved')
    return shop.is_blocked ? no('already_blocked') : YES
  },
}

export const approvalCan = {
  /** server/src/domains/approvals/decide-approval.ts: who asked is not the one who decides. */
  decide: (approval: Approval) => {
    if (approval.state !== 'waiting') return no('already_decided')
    return approval.is_own ? no('own_request') : YES
  },
}

export function isRunning(generation: Generation): boolean {
  return generation.status === 'queued' || generation.status === 'processing'
}
