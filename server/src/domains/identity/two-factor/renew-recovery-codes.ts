import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { invalidState } from '#kernel/problem.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { OFF } from './disable-two-factor.ts'
import { noteFactorChange } from './note-factor-change.ts'
import { renewCodes } from './switch-on.ts'

/**
 * Ten new recovery codes, shown once; the older ones stop working.
 * @throws reauth_required (401) without a recent sign-in; invalid_state (409) when the second factor is off
 */
export async function renewRecoveryCodes(
  deps: Pick<IdentityDeps, 'db' | 'clock' | 'config'>,
  actor: UserActor | ShopActor,
  call: CallContext,
): Promise<string[]> {
  await assertRecentSignIn(deps, actor)
  return inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, actor.account_id, 'update')
    if (!account) throw notAuthenticated()
    if (account.two_factor_enabled_at === null) throw invalidState(OFF)
    const codes = await renewCodes(tx, deps, account.id)
    await noteFactorChange(tx, { account }, 'recovery_codes_renewed')
    await record(tx, {
      actor,
      call,
      action: 'identity.recovery_codes_renewed',
      entity_type: 'account',
      entity_id: account.id,
    })
    return codes
  })
}
