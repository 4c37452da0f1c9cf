import type { Reader } from '#infra/db.ts'
import { shopBlocked, shopNotApproved } from '../problems.ts'
import { findTradingState } from './queries.ts'

export type TradingShop = { shop_id: number; account_id: number; shop_name: string }

/**
 * The one guard of contract 4.6: only approved, unblocked shops create, edit, upload or pay rent.
 * @throws shop_not_approved, shop_blocked (403)
 */
export async function getShopForTrading(db: Reader, shop_id: number): Promise<TradingShop> {
  const shop = await findTradingState(db, shop_id)
  if (!shop?.is_approved) throw shopNotApproved()
  if (shop.blocked_at !== null) throw shopBlocked()
  return { shop_id: shop.id, account_id: shop.account_id, shop_name: shop.shop_name }
}
