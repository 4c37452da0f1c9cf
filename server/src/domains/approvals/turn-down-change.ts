import { type Db, inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { Clock } from '#kernel/time.ts'
import { decideApproval } from './decide-approval.ts'
import type { StaffGuard } from './deps.ts'

type TurnDown = { move: 'reject' | 'withdraw'; approval_id: number; note: string | null; call: CallContext }

/**
 * Another admin says no, or whoever asked takes it back; the change never happens. No fresh sign-in is asked for:
 * stopping something must be easy.
 * @throws role_changed (401); not_owner (403); not_found (404); own_request, invalid_state (409)
 */
export async function turnDownChange(
  deps: Pick<StaffGuard, 'lockAdminsAs'> & { db: Db; clock: Clock },
  actor: UserActor,
  input: TurnDown,
): Promise<void> {
  const now = deps.clock.now()
  await inTransaction(deps.db, (tx) => decideApproval(tx, deps, actor, { ...input, now }))
}
