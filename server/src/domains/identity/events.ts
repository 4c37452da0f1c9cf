import type { Tx } from '#infra/db.ts'
import { type Delivery, emit } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import { timeToWire } from '#kernel/time.ts'
import { pictureUrl } from './profile-picture.ts'
import { findPublicShop, findShopProfile, type PublicShop } from './shops/queries.ts'

export type ShopAction = 'created' | 'updated' | 'status_changed' | 'approved' | 'rejected'

/** Names and audiences of contract 3.4. Users hear of a shop while it is public and when that ends, and never who owns it. */
const EVENT_NAMES: Record<ShopAction, string> = {
  created: 'shop.created',
  updated: 'shop.updated',
  status_changed: 'shop.updated',
  approved: 'shop.approved',
  rejected: 'shop.rejected',
}

/** Tells the sockets of a change to a shop, as it stands now in the caller's transaction. */
export async function emitShopEvent(
  tx: Tx,
  shop_id: number,
  action: ShopAction,
  media_origin: string,
): Promise<void> {
  const [own, open] = [await findShopProfile(tx, shop_id), await findPublicShop(tx, shop_id, false)]
  if (!own || !open) return
  const is_active = own.paused_at === null && own.blocked_at === null
  const is_public = own.is_approved && is_active
  // Who had it on the screen learns that it is closed.
  const concerns_users = is_public || (action === 'status_changed' && own.is_approved)
  const shared = {
    shop_id,
    shop_name: own.shop_name,
    action,
    is_approved: own.is_approved,
    is_active,
    shop: shopItem(open, media_origin),
  }
  const full = { ...shared, owner_name: own.owner_name, rejection_reason: own.rejection_reason }
  const deliveries: Delivery[] = [{ to: 'admins', data: full }]
  if (action !== 'created') deliveries.push({ to: `shop:${shop_id}`, data: full })
  if (concerns_users && action !== 'rejected')
    deliveries.push({ to: 'users', data: { ...shared, rejection_reason: null } })
  await emit(tx, { name: EVENT_NAMES[action], payload: { shop_id, action }, deliveries })
}

function shopItem(shop: PublicShop, media_origin: string): JsonObject {
  const avatar_url = pictureUrl(media_origin, shop.avatar_url)
  return { ...shop, avatar_url, logo_url: avatar_url, created_at: timeToWire(shop.created_at) }
}
