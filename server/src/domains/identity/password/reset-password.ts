import { inTransaction } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import { type AccountRow, findAccount, lockAccount, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { findMailToken, useMailToken } from '../email/queries.ts'
import { limitTries } from '../limits.ts'
import { badMailToken } from '../problems.ts'
import { assertGoodPassword } from './common-passwords.ts'
import { hashPassword } from './hash-password.ts'
import { setPassword } from './set-password.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>
export type ResetPassword = { token: string; password: string; call: CallContext }

/**
 * A new password by the secret of a mailed link. Ends every session; signs nobody in, so the second factor stays
 * in the way. Whoever has the mail owns the address: it counts as verified from now on.
 * @throws bad_request (400) for a wrong, used or expired link; validation_failed (422); rate_limited (429)
 */
export async function resetPassword(deps: Deps, input: ResetPassword): Promise<void> {
  const token_hash = hashSecret(input.token)
  await limitTries(deps, 'password', `reset:${token_hash}`)
  const account = await accountOfToken(deps, token_hash)
  assertGoodPassword(input.password, passwordContext(deps, account))
  const password_hash = await hashPassword(input.password)
  const is_done = await inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now()
    if (!(await useMailToken(tx, token_hash, 'reset', now))) return false
    const locked = await lockAccount(tx, account.id, 'update')
    if (!locked) return false
    if (locked.email_verified_at === null) await updateAccount(tx, locked.id, { email_verified_at: now })
    await setPassword(tx, deps, {
      account: locked,
      password: input.password,
      password_hash,
      actor: { kind: 'guest' },
      call: input.call,
    })
    return true
  })
  if (!is_done) throw badMailToken()
}

async function accountOfToken(deps: Deps, token_hash: string): Promise<AccountRow> {
  const token = await findMailToken(deps.db, token_hash, 'reset', deps.clock.now())
  const account = token && (await findAccount(deps.db, token.account_id))
  if (!account || account.blocked_at !== null) throw badMailToken()
  return account
}

export function passwordContext(deps: Pick<IdentityDeps, 'config'>, account: AccountRow) {
  return {
    has_second_factor: account.two_factor_enabled_at !== null,
    email: account.email,
    app_name: deps.config.app_name,
  }
}
