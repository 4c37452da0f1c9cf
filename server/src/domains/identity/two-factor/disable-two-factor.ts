import { inTransaction, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { invalidState } from '#kernel/problem.ts'
import { type AccountRow, lockAccount, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { asRole } from '../model.ts'
import { invalidCode, twoFactorCompulsory } from '../problems.ts'
import type { FactorChange } from './note-factor-change.ts'
import { deleteSecondFactor } from './queries.ts'
import { noteSwitch } from './switch-on.ts'
import { useSecondFactor } from './use-second-factor.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>

/**
 * Switches the second factor off with a code; passkeys go with it.
 * @throws invalid_code (401), admin_only (403) for admins, rate_limited (429)
 * @throws invalid_state (409) when it is off, or when the password is too short to protect the account alone
 */
export async function disableTwoFactor(
  deps: Deps,
  actor: UserActor | ShopActor,
  input: { code: string; call: CallContext },
): Promise<void> {
  const { account_id } = actor
  await limitTries(deps, 'second_factor', account_id)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, account_id, 'update')
    if (!account) throw notAuthenticated()
    assertMaySwitchOff(account)
    if (!(await useSecondFactor(tx, deps, account_id, { code: input.code }))) throw invalidCode()
    await switchOff(tx, { account, actor, call: input.call })
  })
}

/** Removes every factor and the recovery codes. @throws admin_only (403), invalid_state (409) */
export async function switchOff(tx: Tx, change: FactorChange): Promise<void> {
  const { account } = change
  assertMaySwitchOff(account)
  await updateAccount(tx, account.id, { two_factor_enabled_at: null })
  await deleteSecondFactor(tx, account.id)
  await noteSwitch(tx, change, false)
}

function assertMaySwitchOff(account: AccountRow): void {
  // Whatever profile he acts as: the account is an admin's.
  if (asRole(account.role) === 'admin') throw twoFactorCompulsory()
  if (account.two_factor_enabled_at === null) throw invalidState(OFF)
  if (account.password_hash !== null && !account.password_stands_alone) throw invalidState(SHORT_PASSWORD)
}

export const OFF = {
  ru: 'Второй фактор не включён',
  kk: 'Екінші фактор қосылмаған',
  en: 'The second factor is not on',
}
const SHORT_PASSWORD = {
  ru: 'Сначала смените пароль: без второго фактора нужно не меньше 15 символов',
  kk: 'Алдымен құпиясөзді ауыстырыңыз: екінші факторсыз кемінде 15 таңба қажет',
  en: 'Change your password first: without a second factor it needs at least 15 characters',
}
