import type { Reader } from '#infra/db.ts'
import type { ShopActor } from '#kernel/actor.ts'
import { shopBlocked, shopNotApproved } from './problems.ts'
import { type ShopStanding, shopStanding } from './queries/products.ts'

/**
 * The one guard of contract 4.6: only approved and unblocked shops create, edit or upload.
 * @throws shop_not_approved (403), shop_blocked (403)
 */
export async function assertMayTrade(db: Reader, actor: ShopActor): Promise<ShopStanding> {
  const standing = await shopStanding(db, actor.shop_id)
  if (!standing?.is_approved) throw shopNotApproved()
  if (!standing.may_trade) throw shopBlocked()
  return standing
}
