import { inTransaction } from '#infra/db.ts'
import { invalidState, notFound } from '#kernel/problem.ts'
import { findAccountByEmail, lockAccount, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { normaliseEmail } from '../model.ts'
import { endAll } from '../sessions/end-session.ts'
import { OFF } from './disable-two-factor.ts'
import { deleteSecondFactor } from './queries.ts'
import { noteSwitch } from './switch-on.ts'

/**
 * The operator's command for a person who lost every second factor and the recovery codes, after he has proved in some
 * other way who he is. Ends his sessions and tells him by mail; an admin sets up a new factor at the next sign-in.
 * @throws not_found (404) for an unknown address; invalid_state (409) without a second factor
 */
export async function resetTwoFactor(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  email: string,
): Promise<{ account_id: number; email: string }> {
  return inTransaction(deps.db, async (tx) => {
    const found = await findAccountByEmail(tx, normaliseEmail(email))
    const account = found && (await lockAccount(tx, found.id, 'update'))
    if (!account) throw notFound()
    if (account.two_factor_enabled_at === null) throw invalidState(OFF)
    const by_operator = {
      actor: { kind: 'guest' as const },
      call: { request_id: 'operator', ip: null, user_agent: 'reset-two-factor' },
    }
    await updateAccount(tx, account.id, { two_factor_enabled_at: null })
    await deleteSecondFactor(tx, account.id)
    await endAll(tx, deps, { account_id: account.id }, { ...by_operator, reason: 'two_factor_reset' })
    await noteSwitch(tx, { ...by_operator, account }, false)
    return { account_id: account.id, email: account.email }
  })
}
