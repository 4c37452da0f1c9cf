import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { afterRemoval } from '../two-factor/after-removal.ts'
import { deletePasskeyRow, listPasskeys, type PasskeyItem, renamePasskeyRow } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock'>
type SignedIn = UserActor | ShopActor

export function listMyPasskeys(deps: Pick<IdentityDeps, 'db'>, actor: SignedIn): Promise<PasskeyItem[]> {
  return listPasskeys(deps.db, actor.account_id)
}

/** @throws not_found (404) */
export async function renamePasskey(
  deps: Deps,
  actor: SignedIn,
  { id, name, call }: { id: number; name: string; call: CallContext },
): Promise<PasskeyItem> {
  return inTransaction(deps.db, async (tx) => {
    const renamed = await renamePasskeyRow(tx, actor.account_id, { id, name })
    if (!renamed) throw notFound()
    await record(tx, { ...about(actor, call), action: 'identity.passkey_renamed', new_values: { id } })
    return renamed
  })
}

/**
 * Removes a passkey. The last factor of an account takes the second step with it, under the rules of switching it off.
 * @throws reauth_required (401); admin_only (403) for an admin's last factor; not_found (404); invalid_state (409)
 */
export async function removePasskey(
  deps: Deps,
  actor: SignedIn,
  { id, call }: { id: number; call: CallContext },
): Promise<void> {
  await assertRecentSignIn(deps, actor)
  await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, actor.account_id, 'update')
    if (!account) throw notAuthenticated()
    const gone = await deletePasskeyRow(tx, account.id, id)
    if (!gone) throw notFound()
    await afterRemoval(tx, { account, actor, call }, 'passkey_removed')
    await record(tx, {
      ...about(actor, call),
      action: 'identity.passkey_removed',
      old_values: { id },
    })
  })
}

function about(actor: SignedIn, call: CallContext) {
  return { actor, call, entity_type: 'account', entity_id: actor.account_id }
}
