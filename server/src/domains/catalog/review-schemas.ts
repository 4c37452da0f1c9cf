import { type Static, Type } from 'typebox'
import { Id, nullable, Time, Url } from '#infra/schemas.ts'
import type { Locale } from '#kernel/locale.ts'
import { timeToWire } from '#kernel/time.ts'
import { absoluteUrl } from '../media/public.ts'
import { averageRating } from './model.ts'
import type { Review } from './queries/reviews.ts'
import type { WireDeps } from './schemas.ts'

export const ReviewResponse = Type.Object({
  id: Id,
  user_id: Id,
  product_id: Id,
  rating: Type.Integer({ minimum: 1, maximum: 5 }),
  comment: nullable(Type.String()),
  created_at: Time,
  updated_at: Time,
  user_name: Type.String(),
  user_avatar: nullable(Url),
})

export function reviewToWire(
  deps: WireDeps,
  { is_user_deleted, ...review }: Review,
  locale: Locale,
): Static<typeof ReviewResponse> {
  return {
    ...review,
    user_name: is_user_deleted ? DELETED_USER[locale] : review.user_name,
    created_at: timeToWire(review.created_at),
    updated_at: timeToWire(review.updated_at),
    user_avatar: review.user_avatar === null ? null : absoluteUrl(deps, review.user_avatar),
  }
}

const DELETED_USER = {
  ru: 'Удалённый пользователь',
  kk: 'Жойылған пайдаланушы',
  en: 'Deleted user',
}

export const ReviewStats = Type.Object({
  product_id: Id,
  total_reviews: Type.Integer(),
  average_rating: Type.Number({ description: 'Two decimals; 0 when there are none' }),
  rating_distribution: Type.Object({
    '5': Type.Integer(),
    '4': Type.Integer(),
    '3': Type.Integer(),
    '2': Type.Integer(),
    '1': Type.Integer(),
  }),
})

export function statsToWire(
  product_id: number,
  counts: { rating: number; count: number }[],
): Static<typeof ReviewStats> {
  const of = (rating: number) => counts.find((row) => row.rating === rating)?.count ?? 0
  const total_reviews = counts.reduce((sum, row) => sum + row.count, 0)
  const ratings_sum = counts.reduce((sum, row) => sum + row.rating * row.count, 0)
  return {
    product_id,
    total_reviews,
    average_rating: averageRating(ratings_sum, total_reviews),
    rating_distribution: { '5': of(5), '4': of(4), '3': of(3), '2': of(2), '1': of(1) },
  }
}
