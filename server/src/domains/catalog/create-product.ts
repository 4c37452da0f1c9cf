import { type Db, inTransaction, type Tx } from '#infra/db.ts'
import type { ShopActor } from '#kernel/actor.ts'
import type { Clock } from '#kernel/time.ts'
import { getShopForTrading } from '../identity/public.ts'
import { linkMedia } from '../media/public.ts'
import { checkCategory, checkedCharacteristics, checkImages, priceCents } from './check-product-input.ts'
import { tellProductCreated } from './events.ts'
import type { Product } from './model.ts'
import { findProduct, insertProduct } from './queries/products.ts'
import type { ProductInput } from './schemas.ts'

/**
 * What the slice above does in the same transaction: a pending card and its waiting queue row exist both or neither
 * (contract 1.6, invariant 7). Wired by the composition.
 */
export type ProductHooks = {
  on_product_submitted: (
    tx: Tx,
    submitted: { product_id: number; resubmitted: boolean; now: Date },
  ) => Promise<void>
  on_product_deleted: (tx: Tx, deleted: { product_id: number; now: Date }) => Promise<void>
}

export type CreateProductDeps = { db: Db; clock: Clock; media_origin: string; hooks: ProductHooks }

/**
 * Puts up a card: pending, inactive, waiting in the moderation queue. Its pictures become permanent with it.
 * @throws shop_not_approved, shop_blocked (403), validation_failed (422)
 */
export function createProduct(
  deps: CreateProductDeps,
  actor: ShopActor,
  input: ProductInput,
): Promise<Product> {
  const now = deps.clock.now()
  const price_cents = priceCents(input.price)
  const characteristics = checkedCharacteristics(input.characteristics ?? null)
  return inTransaction(deps.db, async (tx) => {
    const { account_id } = await getShopForTrading(tx, actor.shop_id)
    const category_id = input.category_id ?? null
    await checkCategory(tx, category_id)
    const urls = input.image_urls ?? []
    const images = await checkImages(tx, deps, { urls, field: 'image_urls', account_id, shown: [] })
    await linkMedia(tx, images.keys, now)
    const { name, description = null } = input
    const card = {
      shop_id: actor.shop_id,
      category_id,
      name: name.trim(),
      description,
      characteristics,
      price_cents,
      images: images.paths,
    }
    const id = await insertProduct(tx, card, now)
    await deps.hooks.on_product_submitted(tx, { product_id: id, resubmitted: false, now })
    const product = await findProduct(tx, id)
    if (!product) throw new Error('the card that was just written cannot be read')
    await tellProductCreated(tx, deps, product)
    return product
  })
}
