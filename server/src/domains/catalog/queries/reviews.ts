import { sql } from 'kysely'
import type { Reader, Tx } from '#infra/db.ts'
import type { Page } from '#kernel/page.ts'

export type Review = {
  id: number
  user_id: number
  product_id: number
  rating: number
  comment: string | null
  created_at: Date
  updated_at: Date
  user_name: string
  user_avatar: string | null
  /** Whoever wrote it is not with us any more. */
  is_user_deleted: boolean
}

export function listReviews(db: Reader, product_id: number, page: Page): Promise<Review[]> {
  return db
    .selectFrom('catalog.reviews as r')
    .innerJoin('identity.v_people as u', 'u.id', 'r.user_id')
    .select(['r.id', 'r.user_id', 'r.product_id', 'r.rating', 'r.comment', 'r.created_at', 'r.updated_at'])
    .select(['u.name as user_name', 'u.avatar_url as user_avatar', 'u.is_deleted as is_user_deleted'])
    .where('r.product_id', '=', product_id)
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(page.limit)
    .offset(page.skip)
    .execute()
}

/** How many reviews gave each rating. */
export function ratingCounts(db: Reader, product_id: number): Promise<{ rating: number; count: number }[]> {
  return db
    .selectFrom('catalog.reviews')
    .select(['rating', sql<number>`count(*)`.as('count')])
    .where('product_id', '=', product_id)
    .groupBy('rating')
    .execute()
}

export type NewReview = {
  user_id: number
  product_id: number
  rating: number
  comment: string | null
  created_at: Date
}

export async function insertReviewRow(tx: Tx, review: NewReview): Promise<number> {
  const row = await tx
    .insertInto('catalog.reviews')
    .values({ ...review, updated_at: review.created_at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Keeps the card's cached figures in step with its reviews. */
export async function addRating(tx: Tx, product_id: number, rating: number): Promise<void> {
  await tx
    .updateTable('catalog.products')
    .set({ reviews_count: sql`reviews_count + 1`, ratings_sum: sql`ratings_sum + ${rating}` })
    .where('id', '=', product_id)
    .execute()
}
