import { askApproval } from '#domains/approvals/public.ts'
import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { invalidState, notFound } from '#kernel/problem.ts'
import { lockAccount, setRole } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { asRole } from '../model.ts'
import { assertRecentSignIn } from '../sessions/confirm-identity.ts'
import { endAll } from '../sessions/end-session.ts'
import { lockAdminsAs } from './lock-admins-as.ts'
import { PROMOTION } from './promotion.ts'
import { findUserProfile } from './queries.ts'

type Role = 'user' | 'admin'
export type ChangeRole = { user_id: number; new_role: Role; call: CallContext }
/** With `approval_id` nothing has changed yet: a second admin has to agree. */
export type RoleChange = { user_id: number; old_role: Role; new_role: Role; approval_id?: number }

/**
 * Makes a user an admin or an admin a user; the target's sessions end. Nobody changes his own role and whoever changes
 * another's is an admin when it is written, so the last admin always stays (A13). Where the installation wants two
 * persons, a second admin has to agree to a new one; taking the role away never waits.
 * @throws reauth_required (401) without a recent sign-in; role_changed (401) when the caller was demoted meanwhile
 * @throws not_found (404); invalid_state (409) for the own role; already_exists (409) when it waits already
 */
export async function changeRole(
  deps: Pick<IdentityDeps, 'db' | 'clock' | 'config'>,
  actor: UserActor,
  { user_id, new_role, call }: ChangeRole,
): Promise<RoleChange> {
  if (user_id === actor.user_id) throw invalidState(OWN_ROLE)
  await assertRecentSignIn(deps, actor)
  return inTransaction(deps.db, async (tx) => {
    await lockAdminsAs(tx, actor)
    const target = await findUserProfile(tx, user_id)
    const account = target && (await lockAccount(tx, target.account_id, 'update'))
    if (!account || account.user_id === null) throw notFound()
    const old_role = asRole(account.role)
    if (old_role === new_role) return { user_id, old_role, new_role }
    if (new_role === 'admin' && deps.config.two_person_rule) {
      const promotion = { kind: PROMOTION, subject: `user:${user_id}`, payload: { user_id }, reason: null }
      const { approval_id } = await askApproval(tx, deps, { actor, call }, promotion)
      return { user_id, old_role, new_role, approval_id }
    }
    await setRole(tx, user_id, new_role)
    await endAll(tx, deps, { account_id: account.id }, { reason: 'role_changed', actor, call })
    await record(tx, {
      actor,
      call,
      action: 'identity.role_changed',
      entity_type: 'user',
      entity_id: user_id,
      old_values: { role: old_role },
      new_values: { role: new_role },
    })
    return { user_id, old_role, new_role }
  })
}

const OWN_ROLE = {
  ru: 'Свою роль изменить нельзя: попросите другого администратора',
  kk: 'Өз рөліңізді өзгерте алмайсыз: басқа әкімшіден сұраңыз',
  en: 'You cannot change your own role: ask another administrator',
}
