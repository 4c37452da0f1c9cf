import { inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { decideApproval } from './decide-approval.ts'
import type { ApprovalsDeps } from './deps.ts'
import { askerIsNoAdmin } from './problems.ts'

/**
 * The second person agrees, and in the same transaction the slice of this kind makes the change, checked against the
 * present state. Both persons are living admins at that moment, and they are two.
 * @throws reauth_required, role_changed (401); not_found (404)
 * @throws own_request (409); invalid_state (409) when it is decided, over or stale, or who asked is no admin any more
 */
export async function approveChange(
  deps: ApprovalsDeps,
  actor: UserActor,
  { approval_id, call }: { approval_id: number; call: CallContext },
): Promise<void> {
  await deps.assertRecentSignIn(actor)
  const now = deps.clock.now()
  await inTransaction(deps.db, (tx) =>
    decideApproval(tx, deps, actor, {
      move: 'approve',
      approval_id,
      note: null,
      call,
      now,
      carryOut: async ({ kind, payload, reason, asked_by }, admins) => {
        if (!admins.includes(asked_by)) throw askerIsNoAdmin()
        const owner = deps.kinds.find((known) => known.kind === kind)
        if (!owner) throw new Error(`nobody carries out approvals of the kind ${kind}`)
        await owner.carryOut(tx, payload, { approval_id, asked_by, approver: actor, reason, call, now })
      },
    }),
  )
}
