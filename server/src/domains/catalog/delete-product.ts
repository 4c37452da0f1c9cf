import { inTransaction } from '#infra/db.ts'
import type { Actor, CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { record } from '../audit/public.ts'
import type { CreateProductDeps } from './create-product.ts'
import { tellProductDeleted } from './events.ts'
import { seesEverything } from './policy.ts'
import { shopBlocked } from './problems.ts'
import { lockProduct, removeProduct, shopStanding } from './queries/products.ts'
import { releaseImages } from './release-images.ts'

/**
 * Deletes a card, for its shop or for an admin: without order lines it is removed with its reviews, queue row and
 * pictures, otherwise hidden for ever (contract 4.11).
 * @throws not_found (404, also for another shop's card), shop_blocked (403)
 */
export function deleteProduct(
  deps: CreateProductDeps,
  actor: ShopActor | UserActor,
  input: { product_id: number; call: CallContext; reason?: string | undefined },
): Promise<void> {
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    if (actor.kind === 'shop' && isBlocked(await shopStanding(tx, actor.shop_id))) throw shopBlocked()
    const before = await lockProduct(tx, input.product_id)
    if (!before || !seesEverything(actor satisfies Actor, before)) throw notFound()
    await deps.hooks.on_product_deleted(tx, { product_id: before.id, now })
    const outcome = await removeProduct(tx, before.id, now)
    if (outcome === 'removed') await releaseImages(tx, deps, { card: before, paths: before.images, now })
    await tellProductDeleted(tx, before)
    await record(tx, {
      actor,
      call: input.call,
      action: 'catalog.product_deleted',
      entity_type: 'product',
      entity_id: before.id,
      old_values: { name: before.name, shop_id: before.shop_id, moderation_status: before.moderation_status },
      new_values: { outcome, ...(input.reason === undefined ? {} : { reason: input.reason }) },
    })
  })
}

/** A blocked shop is read only (contract 4.6); one that lost its approval may still take its cards away. */
function isBlocked(standing: { is_approved: boolean; may_trade: boolean } | null): boolean {
  return standing?.is_approved === true && !standing.may_trade
}
