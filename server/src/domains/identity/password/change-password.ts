import { inTransaction } from '#infra/db.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { findAccount, lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { invalidCredentials } from '../problems.ts'
import { renewAuthentication } from '../sessions/queries.ts'
import { assertGoodPassword } from './common-passwords.ts'
import { checkPassword, hashPassword } from './hash-password.ts'
import { passwordContext } from './reset-password.ts'
import { setPassword } from './set-password.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>
export type ChangePassword = { current_password: string; password: string; call: CallContext }

/**
 * A new password for somebody who knows the present one; all other sessions end.
 * @throws invalid_credentials (401), validation_failed (422), rate_limited (429)
 */
export async function changePassword(
  deps: Deps,
  actor: UserActor | ShopActor,
  input: ChangePassword,
): Promise<void> {
  await limitTries(deps, 'password', actor.account_id)
  const account = await findAccount(deps.db, actor.account_id)
  const is_right = await checkPassword(input.current_password, account?.password_hash ?? null)
  if (!account || !is_right) throw invalidCredentials()
  assertGoodPassword(input.password, passwordContext(deps, account))
  const password_hash = await hashPassword(input.password)
  await inTransaction(deps.db, async (tx) => {
    const locked = await lockAccount(tx, account.id, 'update')
    // Changed by somebody else since it was checked: what was proved is not the password any more.
    if (locked?.password_hash !== account.password_hash) throw invalidCredentials()
    const { password } = input
    await setPassword(tx, deps, {
      account: locked,
      password,
      password_hash,
      actor,
      call: input.call,
      keep_session_id: actor.session_id,
    })
    await renewAuthentication(tx, actor.session_id, deps.clock.now())
  })
}
