import { isUniqueViolation, type Tx } from '#infra/db.ts'
import { asSystem } from '#infra/wall.ts'
import { alreadyReviewed } from './problems.ts'
import { addRating, insertReviewRow, type NewReview } from './queries/reviews.ts'

/**
 * Writes a review and the card's cached average. Who may review is the caller's question.
 * @throws already_exists (409): one review per user and card
 */
export async function insertReview(tx: Tx, review: NewReview): Promise<number> {
  try {
    const id = await insertReviewRow(tx, review)
    // The figure stands on the shop's card, which its reviewer may not change.
    await asSystem(() => addRating(tx, review.product_id, review.rating))
    return id
  } catch (error) {
    if (isUniqueViolation(error, 'reviews_user_id_product_id_key')) throw alreadyReviewed()
    throw error
  }
}
