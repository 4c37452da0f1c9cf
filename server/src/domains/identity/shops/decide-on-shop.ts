import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { invalidState, notFound } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { emitShopEvent } from '../events.ts'
import { lockShop, updateShop } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'config'>
export type DecidedShop = { shop_id: number; shop_name: string }

/** Approved and active, reason and block cleared (contract 2.16, 4.6). Approving twice changes nothing. @throws not_found (404) */
export async function approveShop(
  deps: Deps,
  admin: UserActor,
  input: { shop_id: number; notes?: string; call: CallContext },
): Promise<DecidedShop> {
  return inTransaction(deps.db, async (tx) => {
    const shop = await lockedShop(tx, input.shop_id)
    const { shop_name, account_id } = shop
    const is_changed =
      !shop.is_approved ||
      shop.blocked_at !== null ||
      shop.paused_at !== null ||
      shop.rejection_reason !== null
    if (!is_changed) return { shop_id: shop.id, shop_name }
    await updateShop(tx, shop.id, {
      is_approved: true,
      paused_at: null,
      blocked_at: null,
      blocked_by: null,
      block_reason: null,
      rejection_reason: null,
    })
    await emit(tx, { name: 'identity.shop_approved', payload: { shop_id: shop.id, account_id } })
    await emitShopEvent(tx, shop.id, 'approved', deps.config.media_origin)
    await record(tx, {
      actor: admin,
      call: input.call,
      action: 'identity.shop_approved',
      entity_type: 'shop',
      entity_id: shop.id,
      old_values: stateOf(shop),
      new_values: {
        is_approved: true,
        is_blocked: false,
        rejection_reason: null,
        notes: input.notes ?? null,
      },
    })
    return { shop_id: shop.id, shop_name }
  })
}

/** Not approved, with a reason; its cards leave the catalogue because they are listed only for public shops. @throws not_found (404) */
export async function rejectShop(
  deps: Deps,
  admin: UserActor,
  input: { shop_id: number; reason: string; call: CallContext },
): Promise<DecidedShop & { reason: string }> {
  const { reason, call } = input
  return inTransaction(deps.db, async (tx) => {
    const shop = await lockedShop(tx, input.shop_id)
    const { shop_name, account_id } = shop
    await updateShop(tx, shop.id, { is_approved: false, rejection_reason: reason })
    await emit(tx, { name: 'identity.shop_rejected', payload: { shop_id: shop.id, account_id, reason } })
    await emitShopEvent(tx, shop.id, 'rejected', deps.config.media_origin)
    await record(tx, {
      actor: admin,
      call,
      action: 'identity.shop_rejected',
      entity_type: 'shop',
      entity_id: shop.id,
      old_values: stateOf(shop),
      new_values: { is_approved: false, rejection_reason: reason },
    })
    return { shop_id: shop.id, shop_name, reason }
  })
}

/**
 * Stays approved but is not active any more: it only reads, its cards leave the catalogue, and it cannot lift that by
 * itself (contract 4.6). Blocking twice changes nothing.
 * @throws not_found (404); invalid_state (409) for a shop that was never approved: it is rejected instead
 */
export async function blockShop(
  deps: Pick<IdentityDeps, 'db' | 'config' | 'clock'>,
  admin: UserActor,
  input: { shop_id: number; reason: string | null; call: CallContext },
): Promise<DecidedShop> {
  const { reason, call } = input
  return inTransaction(deps.db, async (tx) => {
    const shop = await lockedShop(tx, input.shop_id)
    const { shop_name, account_id } = shop
    if (!shop.is_approved) throw invalidState(NEVER_APPROVED)
    if (shop.blocked_at !== null) return { shop_id: shop.id, shop_name }
    await updateShop(tx, shop.id, {
      blocked_at: deps.clock.now(),
      blocked_by: admin.user_id,
      block_reason: reason,
    })
    await emit(tx, { name: 'identity.shop_blocked', payload: { shop_id: shop.id, account_id, reason } })
    const action = shop.paused_at === null ? 'status_changed' : 'updated'
    await emitShopEvent(tx, shop.id, action, deps.config.media_origin)
    await record(tx, {
      actor: admin,
      call,
      action: 'identity.shop_blocked',
      entity_type: 'shop',
      entity_id: shop.id,
      old_values: stateOf(shop),
      new_values: { is_blocked: true, reason },
    })
    return { shop_id: shop.id, shop_name }
  })
}

const NEVER_APPROVED = {
  ru: 'Магазин не одобрен: его можно отклонить, но не заблокировать',
  kk: 'Дүкен мақұлданбаған: оны қабылдамауға болады, бірақ бұғаттауға болмайды',
  en: 'The shop is not approved: it can be rejected but not blocked',
}

type LockedShop = NonNullable<Awaited<ReturnType<typeof lockShop>>>

async function lockedShop(tx: Tx, shop_id: number): Promise<LockedShop> {
  const shop = await lockShop(tx, shop_id)
  if (!shop) throw notFound()
  return shop
}

function stateOf(shop: LockedShop) {
  return {
    is_approved: shop.is_approved,
    is_blocked: shop.blocked_at !== null,
    rejection_reason: shop.rejection_reason,
  }
}
