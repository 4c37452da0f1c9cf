import { type Static, Type } from 'typebox'
import { Id, Money, nullable, PageQuery, Time, Url } from '#infra/schemas.ts'
import type { JsonObject } from '#kernel/json.ts'
import { centsToWire } from '#kernel/money.ts'
import { timeToWire } from '#kernel/time.ts'
import type { WardrobeSource } from './model.ts'

const Source = Type.Enum(['shop_product', 'generated', 'uploaded', 'purchased'])

export const WardrobeItem = Type.Object({
  id: Id,
  user_id: Id,
  source: Source,
  original_product_id: nullable(Id),
  generation_id: nullable(Id),
  name: Type.String(),
  description: nullable(Type.String()),
  characteristics: nullable(Type.Record(Type.String(), Type.Unknown())),
  price: nullable(Money),
  category_id: nullable(Id),
  shop_name: nullable(Type.String()),
  is_favorite: Type.Boolean(),
  folder: nullable(Type.String()),
  images: Type.Array(Url),
  created_at: Time,
  updated_at: Time,
})

export const WardrobeList = Type.Object({
  items: Type.Array(WardrobeItem),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
  has_more: Type.Boolean(),
})

export const ListQuery = Type.Object({
  ...PageQuery.properties,
  source: Type.Optional(Source),
  is_favorite: Type.Optional(Type.Boolean()),
  folder: Type.Optional(Type.String({ maxLength: 100 })),
  search: Type.Optional(Type.String({ maxLength: 200 })),
})

export const KeepBody = Type.Union([
  Type.Object(
    {
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      description: Type.Optional(Type.String({ maxLength: 2_000 })),
      folder: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      is_favorite: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  Type.Null(),
])

type Row = {
  id: number
  user_id: number
  source: string
  original_product_id: number | null
  generation_id: number | null
  name: string
  description: string | null
  characteristics: unknown
  price_cents: number | null
  category_id: number | null
  shop_name: string | null
  is_favorite: boolean
  folder: string | null
  images: string[]
  created_at: Date
  updated_at: Date
}

export function itemToWire(row: Row, url: (key: string) => string): Static<typeof WardrobeItem> {
  const { price_cents, ...rest } = row
  return {
    ...rest,
    // Checks of the table hold the text to the union and the column to objects.
    source: row.source as WardrobeSource,
    characteristics: row.characteristics as JsonObject | null,
    price: price_cents === null ? null : centsToWire(price_cents),
    images: row.images.map(url),
    created_at: timeToWire(row.created_at),
    updated_at: timeToWire(row.updated_at),
  }
}
