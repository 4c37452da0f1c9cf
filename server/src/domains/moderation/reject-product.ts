import { inTransaction } from '#infra/db.ts'
import type { UserActor } from '#kernel/actor.ts'
import type { LocalizedText } from '#kernel/locale.ts'
import { notFound } from '#kernel/problem.ts'
import { record } from '../audit/public.ts'
import {
  findProduct,
  lockProduct,
  moveProduct,
  type Product,
  tellProductUnlisted,
} from '../catalog/public.ts'
import type { DecisionDeps, DecisionInput } from './approve-product.ts'
import { tellProductRejected, tellQueueUpdated } from './events.ts'
import { alreadyRejected } from './problems.ts'
import { closeInQueue, shopLocale } from './queries.ts'

const DEFAULT_NOTE: LocalizedText = {
  ru: 'Отклонено администратором',
  kk: 'Әкімші қабылдамады',
  en: 'Rejected by the administrator',
}

/**
 * Rejects a waiting or approved card and switches it off; without a note the shop reads the default one in its own
 * language. Nothing is charged and nothing is given back.
 * @throws not_found (404), invalid_state (409, already rejected)
 */
export function rejectProduct(deps: DecisionDeps, actor: UserActor, input: DecisionInput): Promise<Product> {
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    const before = await lockProduct(tx, input.product_id)
    if (!before) throw notFound()
    const notes = input.notes ?? DEFAULT_NOTE[await shopLocale(tx, before.shop_id)]
    const moved = await moveProduct(tx, {
      product: before,
      move: 'reject',
      change: { moderation_notes: notes },
      now,
    })
    if (!moved) throw alreadyRejected()
    await closeInQueue(tx, { product_id: before.id, reviewed_at: now, reviewed_by: actor.user_id, notes })
    const product = await findProduct(tx, before.id)
    if (!product) throw new Error('the card that was just rejected cannot be read')
    await tellProductRejected(tx, deps, { product, admin_id: actor.user_id, fee_cents: null })
    if (before.is_listed) await tellProductUnlisted(tx, product)
    await tellQueueUpdated(tx, { action: 'processed', product_id: product.id })
    await record(tx, {
      actor,
      call: input.call,
      action: 'moderation.product_rejected',
      entity_type: 'product',
      entity_id: product.id,
      old_values: { moderation_status: before.moderation_status, is_active: before.is_active },
      new_values: { moderation_status: 'rejected', is_active: false, notes },
    })
    return product
  })
}
