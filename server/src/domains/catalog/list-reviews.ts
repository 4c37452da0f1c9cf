import type { Db } from '#infra/db.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Page } from '#kernel/page.ts'
import { getProduct } from './get-product.ts'
import { type Review, ratingCounts, listReviews as select } from './queries/reviews.ts'

/** Reviews of a card that the caller may see, newest first. @throws not_found (404) */
export async function listReviews(
  deps: { db: Db },
  actor: Actor,
  input: Page & { product_id: number },
): Promise<Review[]> {
  const product = await getProduct(deps, actor, input.product_id)
  return select(deps.db, product.id, input)
}

/** @throws not_found (404) */
export async function getReviewCounts(deps: { db: Db }, actor: Actor, product_id: number) {
  const product = await getProduct(deps, actor, product_id)
  return ratingCounts(deps.db, product.id)
}
