import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { type Delivery, emit } from '#infra/outbox.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { type AccountRow, findAccount, lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { shopBlocked } from '../problems.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { endAll } from '../sessions/end-session.ts'
import { findShopProfile, lockShop, type ShopProfile } from '../shops/queries.ts'
import { endingOfProfile } from './ending-of-profile.ts'
import { balanceLeft, cannotClose } from './problems.ts'
import { closeAccount, closedAddress, detachProfile, wipeShop } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'closing'>
export type DeletedShop = { shop_id: number; shop_name: string }

/**
 * The caller deletes his own shop (contract 2.3, 4.11): cards hidden, profile wiped, sessions ended; transactions stay.
 * A user profile on the same account lives on; without one the account ends.
 * @throws reauth_required (401) without a recent sign-in; shop_blocked (403)
 * @throws invalid_state (409) with `reason`: balance_left (and `balance`), pending_payments
 */
export async function deleteMyShop(
  deps: Deps,
  actor: ShopActor,
  input: { call: CallContext },
): Promise<DeletedShop> {
  await assertRecentSignIn(deps, actor)
  return closeShop(deps, { shop_id: actor.shop_id, reason: null, actor, call: input.call })
}

/** An admin deletes a shop, a blocked one, too. @throws reauth_required (401), not_found (404), invalid_state (409) */
export async function deleteShop(
  deps: Deps,
  admin: UserActor,
  input: { shop_id: number; reason: string; call: CallContext },
): Promise<DeletedShop> {
  await assertRecentSignIn(deps, admin)
  return closeShop(deps, { ...input, actor: admin })
}

type Closing = {
  shop_id: number
  /** Null when the shop itself wants it. */
  reason: string | null
  actor: UserActor | ShopActor
  call: CallContext
}

function closeShop(deps: Deps, closing: Closing): Promise<DeletedShop> {
  const { shop_id, actor, call, reason } = closing
  const now = deps.clock.now()
  return endingOfProfile(deps, async (tx) => {
    const { shop, account } = await lockAll(tx, shop_id)
    if (shop.blocked_at !== null && actor.kind === 'shop') throw shopBlocked()
    await settle(tx, deps, { shop_id, now })
    const cards_count = await deps.closing.withdraw_cards(tx, { shop_id, now })
    await tellShopDeleted(tx, shop)
    const is_account_closed = account.user_id === null
    await wipeShop(tx, shop_id, now)
    if (is_account_closed)
      await closeAccount(tx, account.id, { address: closedAddress('shop', shop_id), now })
    else await detachProfile(tx, account, { type: 'shop', id: shop_id, now })
    await deps.closing.request_erasure(tx, {
      profile: 'shop',
      profile_id: shop_id,
      account_id: account.id,
      is_account_closed,
      email: is_account_closed ? account.email : null,
      now,
    })
    const { email, locale } = account
    const { shop_name } = shop
    const mail = { shop_id, account_id: account.id, email, locale, shop_name, reason }
    await emit(tx, { name: 'identity.shop_deleted', payload: mail })
    const which = { account_id: account.id, ...(is_account_closed ? {} : { account_type: 'shop' as const }) }
    await endAll(tx, deps, which, { reason: 'account_deleted', actor, call })
    await record(tx, {
      actor,
      call,
      action: 'identity.shop_deleted',
      entity_type: 'shop',
      entity_id: shop_id,
      old_values: {
        is_approved: shop.is_approved,
        is_blocked: shop.blocked_at !== null,
        is_paused: shop.paused_at !== null,
        cards_count,
      },
      new_values: { is_account_closed, ...(reason === null ? {} : { reason }) },
    })
    return { shop_id, shop_name }
  })
}

/** The account first, as everywhere. Of two at once the second finds no shop. */
async function lockAll(tx: Tx, shop_id: number): Promise<{ shop: ShopProfile; account: AccountRow }> {
  const seen = await findShopProfile(tx, shop_id)
  if (!seen) throw notFound()
  await lockAccount(tx, seen.account_id, 'update')
  const is_living = await lockShop(tx, shop_id)
  const shop = is_living && (await findShopProfile(tx, shop_id))
  const account = shop && (await findAccount(tx, shop.account_id))
  if (!shop || !account) throw notFound()
  return { shop, account }
}

async function settle(
  tx: Tx,
  deps: Pick<Deps, 'closing'>,
  { shop_id, now }: { shop_id: number; now: Date },
): Promise<void> {
  const { closing } = deps
  await closing.freeze_wallet(tx, { shop_id })
  for (const find of closing.obstacles) {
    const obstacle = await find(tx, { shop_id })
    if (obstacle) throw cannotClose(obstacle)
  }
  const closed = await closing.close_wallet(tx, {
    owner: { shop_id },
    forfeit: false,
    extra_data: {},
    now,
  })
  if (!closed.is_closed) throw balanceLeft(closed.left_cents, 'shop')
}

/** Contract 3.4: to the admins, and to users when it was public; without its owner's name there. */
async function tellShopDeleted(tx: Tx, shop: ShopProfile): Promise<void> {
  const was_public = shop.is_approved && shop.paused_at === null && shop.blocked_at === null
  const data = {
    shop_id: shop.id,
    shop_name: shop.shop_name,
    action: 'deleted',
    is_approved: false,
    is_active: false,
    rejection_reason: null,
    shop: null,
  }
  const deliveries: Delivery[] = [{ to: 'admins', data: { ...data, owner_name: shop.owner_name } }]
  if (was_public) deliveries.push({ to: 'users', data })
  await emit(tx, { name: 'shop.deleted', payload: { shop_id: shop.id, action: 'deleted' }, deliveries })
}
