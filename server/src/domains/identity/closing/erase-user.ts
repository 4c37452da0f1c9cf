import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { type AccountRow, findAccount, lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { endAll } from '../sessions/end-session.ts'
import { findUserProfile } from '../users/queries.ts'
import { endingOfProfile } from './ending-of-profile.ts'
import type { ClosingHooks } from './hooks.ts'
import { adminStays, balanceLeft, cannotClose } from './problems.ts'
import { closeAccount, closedAddress, detachProfile, wipeUser } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'closing'>
export type EraseMe = { forfeit_balance: boolean; call: CallContext }
export type DeleteUser = { user_id: number; reason: string; forfeit_balance: boolean; call: CallContext }

/**
 * The caller erases his own user profile (contract 4.11). A shop profile on the same account lives on, with the sign-in
 * that it needs; without one the account ends, and address and providers are free for a new one.
 * @throws reauth_required (401) without a recent sign-in
 * @throws invalid_state (409) with `reason`: is_admin, balance_left (and `balance`), pending_payments
 */
export async function eraseMe(deps: Deps, actor: UserActor, input: EraseMe): Promise<void> {
  await assertRecentSignIn(deps, actor)
  await endingOfProfile(deps, async (tx) => {
    const account = await lockedAccount(tx, actor.account_id)
    if (account?.user_id !== actor.user_id) throw notAuthenticated()
    await eraseUser(tx, deps, { ...input, account, user_id: actor.user_id, actor, reason: null })
  })
}

/**
 * An admin erases a user, as the user himself could.
 * @throws reauth_required (401), not_found (404), invalid_state (409) as `eraseMe`
 */
export async function deleteUser(deps: Deps, admin: UserActor, input: DeleteUser): Promise<void> {
  await assertRecentSignIn(deps, admin)
  await endingOfProfile(deps, async (tx) => {
    const user = await findUserProfile(tx, input.user_id)
    const account = user && (await lockedAccount(tx, user.account_id))
    if (account?.user_id !== input.user_id) throw notFound()
    await eraseUser(tx, deps, { ...input, account, actor: admin })
  })
}

/** Read again after the lock was got: whoever held it may have changed what hangs on the account. */
async function lockedAccount(tx: Tx, account_id: number): Promise<AccountRow | undefined> {
  return (await lockAccount(tx, account_id, 'update')) && findAccount(tx, account_id)
}

type Erasure = {
  account: AccountRow
  user_id: number
  forfeit_balance: boolean
  /** Null when the user himself wants it. */
  reason: string | null
  actor: UserActor
  call: CallContext
}

async function eraseUser(tx: Tx, deps: Deps, erasure: Erasure): Promise<void> {
  const { account, user_id, actor, call, reason } = erasure
  if (account.role === 'admin') throw adminStays()
  const now = deps.clock.now()
  const forfeited_cents = await settle(tx, deps.closing, { ...erasure, now })
  const is_account_closed = account.shop_id === null
  await wipeUser(tx, user_id, now)
  if (is_account_closed) await closeAccount(tx, account.id, { address: closedAddress('user', user_id), now })
  else await detachProfile(tx, account, { type: 'user', id: user_id, now })
  await deps.closing.request_erasure(tx, {
    profile: 'user',
    profile_id: user_id,
    account_id: account.id,
    is_account_closed,
    email: is_account_closed ? account.email : null,
    now,
  })
  const { email, locale } = account
  await emit(tx, {
    name: 'identity.user_erased',
    payload: {
      user_id,
      account_id: account.id,
      email,
      locale,
      reason,
      forfeited_cents,
      keeps_shop: !is_account_closed,
    },
  })
  const which = { account_id: account.id, ...(is_account_closed ? {} : { account_type: 'user' as const }) }
  await endAll(tx, deps, which, { reason: 'account_deleted', actor, call })
  await record(tx, {
    actor,
    call,
    action: 'identity.user_erased',
    entity_type: 'user',
    entity_id: user_id,
    old_values: { role: account.role, balance_cents: forfeited_cents, signs_in_with: signInOf(account) },
    new_values: { forfeited_cents, is_account_closed, ...(reason === null ? {} : { reason }) },
  })
}

/** Ends what runs, asks who objects, empties and closes the wallet. Returns what was given up. */
async function settle(
  tx: Tx,
  closing: ClosingHooks,
  { user_id, forfeit_balance, reason, actor, now }: Erasure & { now: Date },
): Promise<number> {
  // What runs is locked before the wallet, as when it settles itself; once more for what was accepted in between.
  await closing.stop_work(tx, user_id)
  await closing.freeze_wallet(tx, { user_id })
  await closing.stop_work(tx, user_id)
  for (const find of closing.obstacles) {
    const obstacle = await find(tx, { user_id })
    if (obstacle) throw cannotClose(obstacle)
  }
  const extra_data = reason === null ? {} : { admin_id: actor.user_id }
  const closed = await closing.close_wallet(tx, {
    owner: { user_id },
    forfeit: forfeit_balance,
    extra_data,
    now,
  })
  if (!closed.is_closed) throw balanceLeft(closed.left_cents, 'user')
  return closed.forfeited_cents
}

function signInOf(account: AccountRow): string[] {
  return [
    ...(account.password_hash === null ? [] : ['password']),
    ...(account.google_id === null ? [] : ['google']),
    ...(account.apple_id === null ? [] : ['apple']),
    ...(account.telegram_id === null ? [] : ['telegram']),
  ]
}
