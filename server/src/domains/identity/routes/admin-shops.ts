import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { Id, IdParams, nullable } from '#infra/schemas.ts'
import type { IdentityDeps } from '../deps.ts'
import { ShopResponse, Strict, shopToWire } from '../schemas.ts'
import { browsePendingShops } from '../shops/browse-shops-as-admin.ts'
import { approveShop, rejectShop } from '../shops/decide-on-shop.ts'
import { text } from './reply-texts.ts'

const { whatsapp_number: _, ...shared } = ShopResponse.properties
const PendingShop = Type.Object({ ...shared, total_products: Type.Integer() })
const PageOfShops = Type.Object({
  shops: Type.Array(PendingShop),
  total: Type.Integer(),
  page: Type.Integer(),
  per_page: Type.Integer(),
  total_pages: Type.Integer(),
})
const PendingQuery = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  per_page: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
  include_rejected: Type.Boolean({ default: false }),
})
const Decided = { message: Type.String(), shop_id: Id, shop_name: Type.String() }

/** Shops that wait for an admin. */
export function adminShopRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const { media_origin } = deps.config
  return async (http) => {
    http.get(
      '/admin/shops/pending',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Shops that are not approved',
          querystring: PendingQuery,
          response: { 200: PageOfShops },
        },
      },
      async (request) => {
        const { page, per_page } = request.query
        const { shops, total } = await browsePendingShops(deps, request.query)
        const items = shops.map((shop) => ({
          ...shopToWire(shop, media_origin),
          total_products: shop.total_products,
        }))
        return { shops: items, total, page, per_page, total_pages: Math.ceil(total / per_page) }
      },
    )
    http.post(
      '/admin/shops/:shop_id/approve',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Approve a shop',
          params: IdParams('shop_id'),
          body: nullable(Type.Object({ notes: Type.Optional(Type.String({ maxLength: 1_000 })) }, Strict)),
          response: { 200: Type.Object(Decided) },
        },
      },
      async (request) => {
        const decided = await approveShop(deps, userOf(request), {
          ...request.params,
          ...request.body,
          call: callOf(request),
        })
        return { message: text('shop_approved', localeOf(request)), ...decided }
      },
    )
    http.post(
      '/admin/shops/:shop_id/reject',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Reject a shop',
          params: IdParams('shop_id'),
          body: Type.Object({ reason: Type.String({ minLength: 10, maxLength: 1_000 }) }, Strict),
          response: { 200: Type.Object({ ...Decided, reason: Type.String() }) },
        },
      },
      async (request) => {
        const decided = await rejectShop(deps, userOf(request), {
          ...request.params,
          ...request.body,
          call: callOf(request),
        })
        return { message: text('shop_rejected', localeOf(request)), ...decided }
      },
    )
  }
}
