import type { ShopActor, UserActor } from '#kernel/actor.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { asRole } from '../model.ts'
import { factorsOf } from './queries.ts'

/** What the caller's account has to prove the second step with; `is_compulsory` for an admin's, which keeps one factor. */
export async function readTwoFactor(deps: Pick<IdentityDeps, 'db'>, actor: UserActor | ShopActor) {
  const account = await findAccount(deps.db, actor.account_id)
  const enabled = account !== undefined && account.two_factor_enabled_at !== null
  const is_compulsory = asRole(account?.role ?? null) === 'admin'
  return { enabled, is_compulsory, ...(await factorsOf(deps.db, actor.account_id)) }
}
