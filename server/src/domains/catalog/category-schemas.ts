import { type Static, Type } from 'typebox'
import { Id, nullable, Time, Url } from '#infra/schemas.ts'
import { timeToWire } from '#kernel/time.ts'
import { absoluteUrl } from '../media/public.ts'
import type { CountedCategory } from './queries/categories.ts'
import type { WireDeps } from './schemas.ts'

export const CategoryResponse = Type.Object({
  id: Id,
  name: Type.String(),
  slug: Type.String(),
  description: nullable(Type.String()),
  icon_url: nullable(Url),
  parent_id: nullable(Id),
  order: Type.Integer(),
  is_active: Type.Boolean(),
  created_at: Time,
  updated_at: Time,
  products_count: Type.Integer({ description: 'Listed cards in the category and below it' }),
})

export const CategoryList = Type.Object({ categories: Type.Array(CategoryResponse), total: Type.Integer() })

export function categoryToWire(deps: WireDeps, category: CountedCategory): Static<typeof CategoryResponse> {
  return {
    ...category,
    icon_url: category.icon_url === null ? null : absoluteUrl(deps, category.icon_url),
    created_at: timeToWire(category.created_at),
    updated_at: timeToWire(category.updated_at),
  }
}

const fields = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  slug: Type.String({ minLength: 1, maxLength: 100, pattern: '^[a-z0-9-]+$' }),
  description: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
  icon_url: Type.Optional(nullable(Type.String({ maxLength: 500, pattern: '^(https?://|/)' }))),
  parent_id: Type.Optional(nullable(Id)),
  order: Type.Optional(Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })),
  is_active: Type.Optional(Type.Boolean()),
}

export const CategoryInput = Type.Object(fields, { additionalProperties: false })
export type CategoryInput = Static<typeof CategoryInput>

export const CategoryChanges = Type.Object(
  { ...fields, name: Type.Optional(fields.name), slug: Type.Optional(fields.slug) },
  { additionalProperties: false },
)
export type CategoryChanges = Static<typeof CategoryChanges>

export const CategoryQuery = Type.Object({
  skip: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
  is_active: Type.Optional(Type.Boolean()),
  parent_id: Type.Optional(Id),
})
