import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { afterRemoval } from './after-removal.ts'
import { deleteSecret } from './queries.ts'

/**
 * Takes the authenticator app out of use without a code of it: its phone may be lost. The last factor of an account takes
 * the second step with it, under the rules of switching it off.
 * @throws reauth_required (401); admin_only (403) for an admin's last factor; not_found (404); invalid_state (409)
 */
export async function removeTotp(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: UserActor | ShopActor,
  call: CallContext,
): Promise<void> {
  await assertRecentSignIn(deps, actor)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, actor.account_id, 'update')
    if (!account) throw notAuthenticated()
    if (!(await deleteSecret(tx, account.id))) throw notFound()
    await afterRemoval(tx, { account, actor, call }, 'totp_removed')
    await record(tx, {
      actor,
      call,
      action: 'identity.totp_removed',
      entity_type: 'account',
      entity_id: account.id,
    })
  })
}
