import { type Db, inTransaction, type Tx } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { Cents } from '#kernel/money.ts'
import { notFound } from '#kernel/problem.ts'
import type { Clock } from '#kernel/time.ts'
import { record } from '../audit/public.ts'
import { findProduct, lockProduct, moveProduct, type Product, rentAfterApproval } from '../catalog/public.ts'
import { readSetting } from '../settings/public.ts'
import { chargeApprovalFee } from '../wallet/public.ts'
import { tellProductApproved, tellQueueUpdated } from './events.ts'
import { alreadyApproved, shopInsufficientBalance } from './problems.ts'
import { closeInQueue } from './queries.ts'

export type DecisionDeps = { db: Db; clock: Clock; media_origin: string }
export type DecisionInput = { product_id: number; notes: string | null; call: CallContext }

/**
 * Approves a waiting or rejected card: fee once per card, first rent period, queue row, events and audit row in one
 * transaction (contract 4.5). The card's row is locked, so of two admins exactly one decides.
 * @throws not_found (404), invalid_state (409, already approved), shop_insufficient_balance (409, nothing changed)
 */
export function approveProduct(deps: DecisionDeps, actor: UserActor, input: DecisionInput): Promise<Product> {
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    const before = await lockProduct(tx, input.product_id)
    if (!before) throw notFound()
    if (before.moderation_status === 'approved') throw alreadyApproved()
    const fee_cents = await chargeFeeOnce(tx, before, actor, now)
    const initial_days = await readSetting(tx, 'product_initial_rent_days')
    const change = {
      moderation_notes: input.notes,
      rent_expires_at: rentAfterApproval(before, initial_days, now),
      approval_fee_charged_at: before.approval_fee_charged_at ?? now,
      first_approved_at: before.first_approved_at ?? now,
    }
    if (!(await moveProduct(tx, { product: before, move: 'approve', change, now }))) throw alreadyApproved()
    await closeInQueue(tx, {
      product_id: before.id,
      reviewed_at: now,
      reviewed_by: actor.user_id,
      notes: input.notes,
    })
    const product = await findProduct(tx, before.id)
    if (!product) throw new Error('the card that was just approved cannot be read')
    await tellProductApproved(tx, deps, { product, admin_id: actor.user_id, fee_cents })
    await tellQueueUpdated(tx, { action: 'processed', product_id: product.id })
    await record(tx, {
      actor,
      call: input.call,
      action: 'moderation.product_approved',
      entity_type: 'product',
      entity_id: product.id,
      old_values: { moderation_status: before.moderation_status, is_active: before.is_active },
      new_values: { moderation_status: 'approved', is_active: true, notes: input.notes, fee_cents },
    })
    return product
  })
}

/** What was charged; null when the card had paid before, or the fee is zero. A card counts as paid either way (DEC-05). */
async function chargeFeeOnce(tx: Tx, product: Product, actor: UserActor, now: Date): Promise<Cents | null> {
  if (product.approval_fee_charged_at !== null) return null
  const cents = await readSetting(tx, 'shop_approval_fee')
  if (cents === 0) return null
  const fee = await chargeApprovalFee(tx, {
    shop_id: product.shop_id,
    product_id: product.id,
    product_name: product.name,
    admin_id: actor.user_id,
    cents,
    now,
  })
  if (fee.outcome === 'insufficient') throw shopInsufficientBalance(fee.balance_cents, cents)
  return cents
}
