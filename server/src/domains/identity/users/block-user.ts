import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { invalidState, notFound } from '#kernel/problem.ts'
import { type AccountRow, lockAccount, setBlock } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { endAll } from '../sessions/end-session.ts'
import { lockAdminsAs } from './lock-admins-as.ts'
import { findUserProfile } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock'>
export type BlockUser = { user_id: number; reason: string; call: CallContext }
export type UnblockUser = { user_id: number; reason?: string; call: CallContext }

/**
 * Shuts a person out: every session of the account ends, also those of its shop profile, and no way of signing in
 * leads back until an admin lifts it. Whoever blocks is an admin when it is written, so one always stays.
 * @throws reauth_required, role_changed (401); not_found (404); invalid_state (409) for oneself and for a blocked account
 */
export async function blockUser(deps: Deps, actor: UserActor, input: BlockUser): Promise<void> {
  const { user_id, reason, call } = input
  if (user_id === actor.user_id) throw invalidState(ONESELF)
  await assertRecentSignIn(deps, actor)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockedAccount(tx, actor, user_id)
    if (account.blocked_at !== null) throw invalidState(ALREADY_BLOCKED)
    const now = deps.clock.now()
    await setBlock(tx, account.id, { blocked_at: now, blocked_by: actor.user_id, block_reason: reason })
    await endAll(tx, deps, { account_id: account.id }, { reason: 'blocked', actor, call })
    const { email, locale } = account
    await emit(tx, {
      name: 'identity.account_blocked',
      payload: { account_id: account.id, email, locale, reason },
    })
    await record(tx, {
      actor,
      call,
      action: 'identity.user_blocked',
      entity_type: 'user',
      entity_id: user_id,
      old_values: { is_blocked: false },
      new_values: { is_blocked: true, reason },
    })
  })
}

/** @throws reauth_required, role_changed (401); not_found (404); invalid_state (409) for an account that is not blocked */
export async function unblockUser(deps: Deps, actor: UserActor, input: UnblockUser): Promise<void> {
  const { user_id, reason = null, call } = input
  await assertRecentSignIn(deps, actor)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockedAccount(tx, actor, user_id)
    if (account.blocked_at === null) throw invalidState(NOT_BLOCKED)
    await setBlock(tx, account.id, { blocked_at: null, blocked_by: null, block_reason: null })
    const { email, locale } = account
    await emit(tx, { name: 'identity.account_unblocked', payload: { account_id: account.id, email, locale } })
    await record(tx, {
      actor,
      call,
      action: 'identity.user_unblocked',
      entity_type: 'user',
      entity_id: user_id,
      old_values: { is_blocked: true },
      new_values: { is_blocked: false, reason },
    })
  })
}

/** Admins first, then the account: the order in which a change of role locks too. */
async function lockedAccount(tx: Tx, actor: UserActor, user_id: number): Promise<AccountRow> {
  await lockAdminsAs(tx, actor)
  const target = await findUserProfile(tx, user_id)
  const account = target && (await lockAccount(tx, target.account_id, 'update'))
  if (!account) throw notFound()
  return account
}

const ONESELF = {
  ru: 'Себя заблокировать нельзя',
  kk: 'Өзіңізді бұғаттай алмайсыз',
  en: 'You cannot block yourself',
}
const ALREADY_BLOCKED = {
  ru: 'Аккаунт уже заблокирован',
  kk: 'Аккаунт бұғатталған',
  en: 'The account is already blocked',
}
const NOT_BLOCKED = {
  ru: 'Аккаунт не заблокирован',
  kk: 'Аккаунт бұғатталмаған',
  en: 'The account is not blocked',
}
