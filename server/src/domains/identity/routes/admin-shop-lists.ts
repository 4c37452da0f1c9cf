import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callOf, localeOf, userOf } from '#infra/http.ts'
import { Id, Money, PageQuery, Time } from '#infra/schemas.ts'
import { centsToWire } from '#kernel/money.ts'
import { timeToWire } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { ShopResponse, Strict, shopToWire } from '../schemas.ts'
import { browseAllShops } from '../shops/browse-shops-as-admin.ts'
import { decideOnShops } from '../shops/decide-on-shops.ts'
import { balanceBound, balanceRange } from './balance-range.ts'
import { text } from './reply-texts.ts'

const ShortShop = Type.Object({
  id: Id,
  shop_name: Type.String(),
  email: Type.String(),
  balance: Money,
  created_at: Time,
})
const { whatsapp_number: _, ...shared } = ShopResponse.properties
const PageOfShops = Type.Object({
  shops: Type.Array(
    Type.Object({
      ...shared,
      total_products: Type.Integer(),
      active_products: Type.Integer(),
      pending_products: Type.Integer(),
    }),
  ),
  total: Type.Integer(),
  page: Type.Integer(),
  per_page: Type.Integer(),
  total_pages: Type.Integer(),
})
const AllQuery = Type.Object({
  is_approved: Type.Optional(Type.Boolean()),
  is_active: Type.Optional(Type.Boolean()),
  is_blocked: Type.Optional(Type.Boolean()),
  min_balance: balanceBound,
  max_balance: balanceBound,
  query: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Part of name or address' })),
  sort_by: Type.Union([Type.Literal('created_at'), Type.Literal('shop_name'), Type.Literal('balance')], {
    default: 'created_at',
  }),
  sort_order: Type.Union([Type.Literal('asc'), Type.Literal('desc')], { default: 'desc' }),
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  per_page: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
})

/** All shops, for admins, and what is decided on several at once. */
export function adminShopListRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    await http.register(listRoutes(deps))
    await http.register(bulkRoute(deps))
  }
}

function listRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const { media_origin } = deps.config
  return async (http) => {
    http.get(
      '/admin/shops',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Shops, newest first',
          querystring: PageQuery,
          response: { 200: Type.Array(ShortShop) },
        },
      },
      async (request) => {
        const newest = { ...request.query, sort_by: 'created_at', sort_order: 'desc' } as const
        const { items } = await browseAllShops(deps, newest)
        return items.map(({ id, shop_name, email, balance_cents, created_at }) => ({
          id,
          shop_name,
          email,
          balance: centsToWire(balance_cents ?? 0),
          created_at: timeToWire(created_at),
        }))
      },
    )
    http.get(
      '/admin/shops/all',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Shops, filtered and sorted',
          querystring: AllQuery,
          response: { 200: PageOfShops },
        },
      },
      async (request) => {
        const { page, per_page, min_balance, max_balance, ...filter } = request.query
        const { items, total } = await browseAllShops(deps, {
          ...filter,
          ...balanceRange({ min_balance, max_balance }),
          skip: (page - 1) * per_page,
          limit: per_page,
        })
        const shops = items.map((shop) => ({
          ...shopToWire(shop, media_origin),
          total_products: shop.total_products ?? 0,
          active_products: shop.active_products ?? 0,
          pending_products: shop.pending_products ?? 0,
        }))
        return { shops, total, page, per_page, total_pages: Math.ceil(total / per_page) }
      },
    )
  }
}

function bulkRoute(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  return async (http) => {
    http.post(
      '/admin/shops/bulk-action',
      {
        config: { access: 'admin', limit: 'standard' },
        schema: {
          tags: ['admin'],
          summary: 'Approve (which lifts a block) or block several shops, each by the rule for one',
          body: Type.Object(
            {
              shop_ids: Type.Array(Id, { minItems: 1, maxItems: 100 }),
              action: Type.Union([Type.Literal('approve'), Type.Literal('block')]),
              reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
            },
            Strict,
          ),
          response: {
            200: Type.Object({
              message: Type.String(),
              success: Type.Array(Id),
              failed: Type.Array(Type.Object({ shop_id: Id, code: Type.String(), error: Type.String() })),
            }),
          },
        },
      },
      async (request) => {
        const locale = localeOf(request)
        const { reason = null, ...body } = request.body
        const input = { ...body, reason, call: callOf(request) }
        const { success, failed } = await decideOnShops(deps, userOf(request), input)
        return {
          message: text('shops_changed', locale),
          success,
          failed: failed.map(({ shop_id, problem }) => ({
            shop_id,
            code: problem.code,
            error: problem.detail[locale],
          })),
        }
      },
    )
  }
}
