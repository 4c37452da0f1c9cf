import type { Db } from '#infra/db.ts'
import type { Actor, ShopActor } from '#kernel/actor.ts'
import { type Page, type PageEnvelope, pageEnvelope } from '#kernel/page.ts'
import { priceCents } from './check-product-input.ts'
import type { ModerationStatus, Product } from './model.ts'
import { searchesAllStates } from './policy.ts'
import { emptyPriceRange } from './problems.ts'
import { NEWEST_FIRST, searchProducts as search } from './queries/search.ts'
import type { SearchQuery } from './schemas.ts'

export type ProductPage = PageEnvelope & { products: Product[] }

/** The public catalogue: listed cards, newest first. */
export async function listProducts(
  deps: { db: Db },
  input: Page & {
    search?: string | undefined
    category_id?: number | undefined
    shop_id?: number | undefined
  },
): Promise<ProductPage> {
  const { category_id, shop_id } = input
  const filter = { scope: 'listed' as const, category_id, shop_id, text: textFilter(input.search, 'name') }
  const { products, total } = await search(deps.db, filter, NEWEST_FIRST, input)
  return { products, ...pageEnvelope(total, input) }
}

/**
 * Search in the public catalogue; admins, and a shop among its own cards, may also look by state (A11).
 * @throws validation_failed (422): lowest price above the highest, more than two decimals
 */
export async function searchProducts(
  deps: { db: Db },
  actor: Actor,
  input: SearchQuery,
): Promise<ProductPage> {
  const min_price_cents = input.min_price === undefined ? undefined : priceCents(input.min_price, 'min_price')
  const max_price_cents = input.max_price === undefined ? undefined : priceCents(input.max_price, 'max_price')
  if ((min_price_cents ?? 0) > (max_price_cents ?? Number.MAX_SAFE_INTEGER)) throw emptyPriceRange()
  const { shop_id, category_id, min_rating, is_active, moderation_status } = input
  const by_state = searchesAllStates(actor, shop_id)
    ? { scope: 'all' as const, is_active, moderation_status }
    : { scope: 'listed' as const }
  const filter = {
    ...by_state,
    shop_id,
    category_id,
    min_rating: min_rating === 0 ? undefined : min_rating,
    min_price_cents,
    max_price_cents,
    text: textFilter(input.query, 'name_or_description'),
  }
  const { products, total } = await search(
    deps.db,
    filter,
    { by: input.sort_by, order: input.sort_order },
    input,
  )
  return { products, ...pageEnvelope(total, input) }
}

/** A shop's own cards in all states, newest first. */
export async function listOwnProducts(
  deps: { db: Db },
  actor: ShopActor,
  input: Page & {
    query?: string | undefined
    moderation_status?: ModerationStatus | undefined
    is_active?: boolean | undefined
  },
): Promise<Product[]> {
  const { moderation_status, is_active } = input
  const text = textFilter(input.query, 'name_or_description')
  const filter = { scope: 'all' as const, shop_id: actor.shop_id, moderation_status, is_active, text }
  const { products } = await search(deps.db, filter, NEWEST_FIRST, input)
  return products
}

function textFilter<Where extends 'name' | 'name_or_description'>(text: string | undefined, where: Where) {
  const contains = text?.trim()
  return contains ? { contains, in: where } : undefined
}
