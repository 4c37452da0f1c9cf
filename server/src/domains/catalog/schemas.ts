import { type Static, Type } from 'typebox'
import { Id, Money, nullable, PageQuery, Time, Url } from '#infra/schemas.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Json, JsonObject } from '#kernel/json.ts'
import { centsToWire } from '#kernel/money.ts'
import { timeToWire } from '#kernel/time.ts'
import { absoluteUrl } from '../media/public.ts'
import { averageRating, IMAGES_MAX, type Product } from './model.ts'
import { seesEverything } from './policy.ts'

const ModerationStatus = Type.Union([
  Type.Literal('pending'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
])

const Characteristics = Type.Object(
  {},
  {
    additionalProperties: true,
    description: 'Free-form, e.g. color, size, style; at most 8 KiB and 50 keys',
  },
)

export const ProductResponse = Type.Object({
  id: Id,
  shop_id: Id,
  shop_name: Type.String(),
  category_id: nullable(Id),
  name: Type.String(),
  description: nullable(Type.String()),
  price: Money,
  characteristics: nullable(Characteristics),
  images: Type.Array(Url),
  rent_expires_at: nullable(Time),
  is_active: Type.Boolean(),
  moderation_status: ModerationStatus,
  moderation_notes: nullable(Type.String()),
  views_count: Type.Integer(),
  try_ons_count: Type.Integer(),
  purchases_count: Type.Integer(),
  average_rating: Type.Number({ description: 'Two decimals; 0 when there are no reviews' }),
  reviews_count: Type.Integer(),
  created_at: Time,
  updated_at: Time,
  version: Type.Optional(
    Type.Integer({ description: 'For owner and admins: send it back when changing the card' }),
  ),
})
export type ProductResponse = Static<typeof ProductResponse>

export const ProductList = Type.Object({
  products: Type.Array(ProductResponse),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
})

export type WireDeps = { media_origin: string }

/** The card as this caller may see it: notes, rent and version are for its shop and for admins. */
export function productToWire(deps: WireDeps, product: Product, actor: Actor): ProductResponse {
  return toWire(deps, product, seesEverything(actor, product))
}

/** For events: the owner's and the admins' face of a card, or the public one. */
export function productEventData(deps: WireDeps, product: Product, face: 'full' | 'public'): JsonObject {
  const wire = toWire(deps, product, face === 'full')
  return Object.fromEntries(
    Object.entries(wire).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}

function toWire(deps: WireDeps, product: Product, is_full: boolean): ProductResponse {
  return {
    id: product.id,
    shop_id: product.shop_id,
    shop_name: product.shop_name,
    category_id: product.category_id,
    name: product.name,
    description: product.description,
    price: centsToWire(product.price_cents),
    characteristics: product.characteristics,
    images: product.images.map((stored) => absoluteUrl(deps, stored)),
    rent_expires_at: is_full && product.rent_expires_at ? timeToWire(product.rent_expires_at) : null,
    is_active: product.is_active,
    moderation_status: product.moderation_status,
    moderation_notes: is_full ? product.moderation_notes : null,
    views_count: product.views_count,
    try_ons_count: product.try_ons_count,
    purchases_count: product.purchases_count,
    average_rating: averageRating(product.ratings_sum, product.reviews_count),
    reviews_count: product.reviews_count,
    created_at: timeToWire(product.created_at),
    updated_at: timeToWire(product.updated_at),
    ...(is_full ? { version: product.version } : {}),
  }
}

const Name = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' })
const Description = nullable(Type.String({ maxLength: 2000 }))
const Price = Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000, description: 'At most two decimals' })
const CategoryId = nullable(Id)
const ImageUrls = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: IMAGES_MAX })

/** The same limits for creation and change (R12). */
export const ProductInput = Type.Object(
  {
    name: Name,
    price: Price,
    description: Type.Optional(Description),
    characteristics: Type.Optional(nullable(Characteristics)),
    category_id: Type.Optional(CategoryId),
    image_urls: Type.Optional(ImageUrls),
  },
  { additionalProperties: false },
)
export type ProductInput = Static<typeof ProductInput>

export const ProductChanges = Type.Object(
  {
    name: Type.Optional(Name),
    price: Type.Optional(Price),
    description: Type.Optional(Description),
    characteristics: Type.Optional(nullable(Characteristics)),
    category_id: Type.Optional(CategoryId),
    images: Type.Optional(ImageUrls),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)
export type ProductChanges = Static<typeof ProductChanges>

const Text = Type.String({ maxLength: 200 })
const Price0 = Type.Number({ minimum: 0, maximum: 1_000_000 })

export const ListQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(Text),
  category_id: Type.Optional(Id),
  shop_id: Type.Optional(Id),
})

export const SearchQuery = Type.Object({
  ...PageQuery.properties,
  query: Type.Optional(Text),
  shop_id: Type.Optional(Id),
  category_id: Type.Optional(Id),
  min_price: Type.Optional(Price0),
  max_price: Type.Optional(Price0),
  min_rating: Type.Optional(Type.Number({ minimum: 0, maximum: 5 })),
  is_active: Type.Optional(Type.Boolean()),
  moderation_status: Type.Optional(ModerationStatus),
  sort_by: Type.Union(
    [
      Type.Literal('created_at'),
      Type.Literal('price'),
      Type.Literal('views_count'),
      Type.Literal('purchases_count'),
    ],
    { default: 'created_at' },
  ),
  sort_order: Type.Union([Type.Literal('desc'), Type.Literal('asc')], { default: 'desc' }),
})
export type SearchQuery = Static<typeof SearchQuery>

export const OwnQuery = Type.Object({
  ...PageQuery.properties,
  query: Type.Optional(Text),
  moderation_status: Type.Optional(ModerationStatus),
  is_active: Type.Optional(Type.Boolean()),
})
