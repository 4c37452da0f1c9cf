import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '#infra/db.ts'
import { actorOf, localeOf } from '#infra/http.ts'
import { IdParams, PageQuery } from '#infra/schemas.ts'
import { getReviewCounts, listReviews } from '../list-reviews.ts'
import { ReviewResponse, ReviewStats, reviewToWire, statsToWire } from '../review-schemas.ts'
import type { WireDeps } from '../schemas.ts'
import { cacheLists } from './caching.ts'

const tags = ['reviews']
const read = { access: 'guest', limit: 'read' } as const
const ProductParams = IdParams('product_id')

export function reviewRoutes(deps: { db: Db } & WireDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    const list = {
      tags,
      params: ProductParams,
      querystring: PageQuery,
      response: { 200: Type.Array(ReviewResponse) },
    }
    http.get('/products/:product_id/reviews', { schema: list, config: read }, async (request, reply) => {
      const actor = actorOf(request)
      const input = { ...request.query, product_id: request.params.product_id }
      const reviews = await listReviews(deps, actor, input)
      cacheLists(reply, actor)
      return reviews.map((review) => reviewToWire(deps, review, localeOf(request)))
    })

    const stats = { tags, params: ProductParams, response: { 200: ReviewStats } }
    http.get(
      '/products/:product_id/reviews/stats',
      { schema: stats, config: read },
      async (request, reply) => {
        const actor = actorOf(request)
        const counts = await getReviewCounts(deps, actor, request.params.product_id)
        cacheLists(reply, actor)
        return statsToWire(request.params.product_id, counts)
      },
    )
  }
}
