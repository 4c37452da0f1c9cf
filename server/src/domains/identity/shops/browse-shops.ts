import { notFound } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { findPublicShop, listPublicShops, type PublicShop, type ShopFilter } from './queries.ts'

/** `is_active: false` asks for shops that nobody may see: there are none (contract 2.3). */
export async function browseShops(
  deps: Pick<IdentityDeps, 'db'>,
  filter: ShopFilter & { is_active?: boolean },
): Promise<{ shops: PublicShop[]; total: number }> {
  if (filter.is_active === false) return { shops: [], total: 0 }
  return listPublicShops(deps.db, filter)
}

/** @throws not_found (404), also for a shop that is not approved or not active */
export async function getPublicShop(deps: Pick<IdentityDeps, 'db'>, shop_id: number): Promise<PublicShop> {
  const shop = await findPublicShop(deps.db, shop_id, true)
  if (!shop) throw notFound()
  return shop
}
