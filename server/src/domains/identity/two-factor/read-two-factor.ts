import type { ShopActor, UserActor } from '#kernel/actor.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { factorsOf } from './queries.ts'

/** What the caller's account has to prove the second step with. */
export async function readTwoFactor(deps: Pick<IdentityDeps, 'db'>, actor: UserActor | ShopActor) {
  const account = await findAccount(deps.db, actor.account_id)
  const enabled = account !== undefined && account.two_factor_enabled_at !== null
  return { enabled, ...(await factorsOf(deps.db, actor.account_id)) }
}
