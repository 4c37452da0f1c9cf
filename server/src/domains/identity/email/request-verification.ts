import { inTransaction } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { ShopActor, UserActor } from '#kernel/actor.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { INVENTED_EMAIL_DOMAIN } from '../model.ts'
import { addressNeeded, alreadyVerified } from '../problems.ts'
import { sendVerification } from './send-verification.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>

/**
 * A fresh code and link by mail.
 * @throws already_exists (409); invalid_state (409) without an own address; rate_limited (429)
 */
export async function requestVerification(deps: Deps, actor: UserActor | ShopActor): Promise<void> {
  await limitTries(deps, 'mail', `verify:${actor.account_id}`)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, actor.account_id, 'update')
    if (!account) throw notAuthenticated()
    if (account.email_verified_at !== null) throw alreadyVerified()
    if (account.email.endsWith(`@${INVENTED_EMAIL_DOMAIN}`)) throw addressNeeded()
    await sendVerification(tx, deps, account)
  })
}
