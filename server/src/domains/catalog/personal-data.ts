import { type Db, inTransaction, type Reader, type Tx } from '#infra/db.ts'
import type { ShopId, UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { inPages } from '#kernel/page.ts'
import { type Clock, timeToWire } from '#kernel/time.ts'
import type { ProductHooks } from './create-product.ts'
import { tellProductUnlisted } from './events.ts'
import { cardsOfShop, findProducts, hiddenCards, hideCards, removeCard } from './queries/products.ts'
import { releaseImages } from './release-images.ts'

/**
 * Hides every card of a shop that ends, for ever (contract 4.11): the queue lets them go, and those who may have a
 * listed one on the screen are told. For the caller's transaction.
 */
export async function withdrawCards(
  tx: Tx,
  deps: { hooks: Pick<ProductHooks, 'on_product_deleted'> },
  { shop_id, now }: { shop_id: ShopId; now: Date },
): Promise<number> {
  const ids = await cardsOfShop(tx, shop_id)
  for (const card of await findProducts(tx, ids)) {
    await deps.hooks.on_product_deleted(tx, { product_id: card.id, now })
    if (card.is_listed) await tellProductUnlisted(tx, card)
  }
  await hideCards(tx, shop_id, now)
  return ids.length
}

/**
 * Removes the hidden cards of a shop that has ended, with reviews and pictures; those that something holds on to (an
 * order line) stay hidden. May run any number of times.
 */
export async function eraseCards(
  deps: { db: Db; clock: Clock; media_origin: string },
  shop_id: ShopId,
): Promise<void> {
  for await (const card of inPages((after_id, limit) => hiddenCards(deps.db, shop_id, after_id, limit)))
    await inTransaction(deps.db, async (tx) => {
      const now = deps.clock.now()
      if (await removeCard(tx, card.id)) await releaseImages(tx, deps, { card, paths: card.images, now })
    })
}

/** What a user wrote about cards, oldest first. */
export async function* exportReviews(db: Reader, user_id: UserId): AsyncGenerator<JsonObject> {
  const rows = inPages((after_id, limit) =>
    db
      .selectFrom('catalog.reviews')
      .select(['id', 'product_id', 'rating', 'comment', 'created_at', 'updated_at'])
      .where('user_id', '=', user_id)
      .where('id', '>', after_id)
      .orderBy('id')
      .limit(limit)
      .execute(),
  )
  for await (const row of rows)
    yield { ...row, created_at: timeToWire(row.created_at), updated_at: timeToWire(row.updated_at) }
}
