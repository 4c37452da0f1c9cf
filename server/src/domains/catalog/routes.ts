import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { categoryRoutes } from './routes/categories.ts'
import { type ProductRoutesDeps, productRoutes } from './routes/products.ts'
import { reviewRoutes } from './routes/reviews.ts'

export type CatalogDeps = ProductRoutesDeps

/** Categories, product cards, reviews: `/categories`, `/products`, `/shops/me/products`. */
export function catalogRoutes(deps: CatalogDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(categoryRoutes(deps))
    await http.register(productRoutes(deps))
    await http.register(reviewRoutes(deps))
  }
}
