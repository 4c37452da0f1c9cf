import { inTransaction, type Tx } from '#infra/db.ts'
import type { ShopActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { getShopForTrading } from '../identity/public.ts'
import { linkMedia } from '../media/public.ts'
import { checkCategory, checkedCharacteristics, checkImages, priceCents } from './check-product-input.ts'
import type { CreateProductDeps } from './create-product.ts'
import { tellProductUpdated } from './events.ts'
import type { Product } from './model.ts'
import { moveProduct } from './move-product.ts'
import { nothingToChange, staleVersion } from './problems.ts'
import { findProduct, lockProduct, type ProductChange } from './queries/products.ts'
import { releaseImages } from './release-images.ts'
import type { ProductChanges } from './schemas.ts'

/**
 * Changes a card. Whatever changes, it goes back to moderation and leaves the catalogue at once (DEC-18).
 * @throws not_found (404, also for another shop's card), invalid_state (409, stale version), shop_not_approved,
 * shop_blocked (403), validation_failed (422)
 */
export function updateProduct(
  deps: CreateProductDeps,
  actor: ShopActor,
  input: { product_id: number; changes: ProductChanges },
): Promise<Product> {
  const { version, ...changes } = input.changes
  if (Object.keys(changes).length === 0) throw nothingToChange()
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    const { account_id } = await getShopForTrading(tx, actor.shop_id)
    const before = await lockProduct(tx, input.product_id)
    if (!before || before.shop_id !== actor.shop_id) throw notFound()
    if (version !== undefined && version !== before.version) throw staleVersion(before.version)
    const { change, keys } = await checkedChange(tx, deps, { changes, account_id, before })
    await linkMedia(tx, keys, now)
    const edited = { ...change, moderation_notes: null }
    if (!(await moveProduct(tx, { product: before, move: 'edit', change: edited, now })))
      throw staleVersion(before.version)
    const removed =
      change.images === undefined ? [] : before.images.filter((path) => !change.images?.includes(path))
    await releaseImages(tx, deps, { card: before, paths: removed, now })
    await deps.hooks.on_product_submitted(tx, { product_id: before.id, resubmitted: true, now })
    const after = await findProduct(tx, before.id)
    if (!after) throw new Error('the card that was just written cannot be read')
    await tellProductUpdated(tx, deps, { before, after })
    return after
  })
}

/** Only the fields that were given; an explicit null clears. */
async function checkedChange(
  tx: Tx,
  deps: CreateProductDeps,
  {
    changes,
    account_id,
    before,
  }: { changes: Omit<ProductChanges, 'version'>; account_id: number; before: Product },
): Promise<{ change: ProductChange; keys: string[] }> {
  const { name, description, price, characteristics, category_id, images: urls } = changes
  if (category_id !== undefined) await checkCategory(tx, category_id)
  const images =
    urls === undefined
      ? undefined
      : await checkImages(tx, deps, { urls, field: 'images', account_id, shown: before.images })
  const change = {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(description === undefined ? {} : { description }),
    ...(price === undefined ? {} : { price_cents: priceCents(price) }),
    ...(characteristics === undefined ? {} : { characteristics: checkedCharacteristics(characteristics) }),
    ...(category_id === undefined ? {} : { category_id }),
    ...(images === undefined ? {} : { images: images.paths }),
  }
  return { change, keys: images?.keys ?? [] }
}
