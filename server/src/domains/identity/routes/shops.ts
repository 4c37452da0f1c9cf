import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { shopOf } from '#infra/http.ts'
import { Id, IdParams, nullable, PageQuery, Time, Url } from '#infra/schemas.ts'
import { pageEnvelope } from '#kernel/page.ts'
import { timeToWire } from '#kernel/time.ts'
import type { IdentityDeps } from '../deps.ts'
import { pictureUrl } from '../profile-picture.ts'
import { ShopResponse, Strict, shopToWire } from '../schemas.ts'
import { browseShops, getPublicShop } from '../shops/browse-shops.ts'
import type { PublicShop } from '../shops/queries.ts'
import { getShop, updateMyShop } from '../shops/update-my-shop.ts'

const Text = (max: number) => Type.Optional(nullable(Type.String({ maxLength: max })))
const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' }))
const UpdateBody = Type.Object(
  {
    shop_name: Name,
    owner_name: Name,
    description: Text(1_000),
    avatar_url: Text(500),
    phone: Text(50),
    whatsapp_number: Text(50),
    address: Text(500),
    is_active: Type.Optional(Type.Boolean({ description: "The shop's own pause switch" })),
  },
  Strict,
)
const ShopListItem = Type.Object({
  id: Id,
  shop_name: Type.String(),
  description: nullable(Type.String()),
  logo_url: nullable(Url),
  avatar_url: nullable(Url),
  phone: nullable(Type.String()),
  whatsapp_number: nullable(Type.String()),
  address: nullable(Type.String()),
  products_count: Type.Integer(),
  is_approved: Type.Boolean(),
  is_active: Type.Boolean(),
  created_at: Time,
})
const ShopList = Type.Object({
  shops: Type.Array(ShopListItem),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
})
const literals = <const T extends string>(...values: T[]) => values.map((value) => Type.Literal(value))
const ListQuery = Type.Object({
  ...PageQuery.properties,
  query: Type.Optional(Type.String({ maxLength: 255 })),
  sort_by: Type.Union(literals('created_at', 'shop_name', 'products_count'), { default: 'created_at' }),
  sort_order: Type.Union(literals('desc', 'asc'), { default: 'desc' }),
  is_active: Type.Optional(Type.Boolean()),
})

/** Shops for everybody, and the signed-in shop's own profile. */
export function shopRoutes(deps: IdentityDeps): FastifyPluginAsyncTypebox {
  const { media_origin } = deps.config
  return async (http) => {
    http.get(
      '/shops',
      {
        config: { access: 'guest', limit: 'read' },
        schema: {
          tags: ['shops'],
          summary: 'Approved shops with at least one listed card',
          querystring: ListQuery,
          response: { 200: ShopList },
        },
      },
      async (request) => {
        const { skip, limit } = request.query
        const { shops, total } = await browseShops(deps, request.query)
        return {
          shops: shops.map((shop) => publicShopToWire(shop, media_origin)),
          ...pageEnvelope(total, { skip, limit }),
        }
      },
    )
    http.get(
      '/shops/me',
      {
        config: { access: 'shop', limit: 'standard' },
        schema: { tags: ['shops'], summary: 'Own shop', response: { 200: ShopResponse } },
      },
      async (request) => shopToWire(await getShop(deps.db, shopOf(request)), media_origin),
    )
    http.put(
      '/shops/me',
      {
        config: { access: 'shop', limit: 'standard' },
        schema: {
          tags: ['shops'],
          summary: 'Change the own shop',
          body: UpdateBody,
          response: { 200: ShopResponse },
        },
      },
      async (request) => shopToWire(await updateMyShop(deps, shopOf(request), request.body), media_origin),
    )
    http.get(
      '/shops/:shop_id',
      {
        config: { access: 'guest', limit: 'read' },
        schema: {
          tags: ['shops'],
          summary: 'A public shop',
          params: IdParams('shop_id'),
          response: { 200: ShopListItem },
        },
      },
      async (request) => publicShopToWire(await getPublicShop(deps, request.params.shop_id), media_origin),
    )
  }
}

function publicShopToWire(shop: PublicShop, media_origin: string): Static<typeof ShopListItem> {
  const avatar_url = pictureUrl(media_origin, shop.avatar_url)
  return {
    id: shop.id,
    shop_name: shop.shop_name,
    description: shop.description,
    logo_url: avatar_url,
    avatar_url,
    phone: shop.phone,
    whatsapp_number: shop.whatsapp_number,
    address: shop.address,
    products_count: shop.products_count,
    is_approved: shop.is_approved,
    is_active: shop.is_active,
    created_at: timeToWire(shop.created_at),
  }
}
