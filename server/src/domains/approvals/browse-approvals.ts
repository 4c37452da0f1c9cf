import type { UserActor } from '#kernel/actor.ts'
import type { ApprovalsDeps } from './deps.ts'
import { type ApprovalFilter, countWaiting, listApprovals } from './queries.ts'

/** Requests for admins, newest first, and how many wait in all. */
export async function browseApprovals(
  deps: Pick<ApprovalsDeps, 'db' | 'clock'>,
  _admin: UserActor,
  filter: ApprovalFilter,
) {
  const now = deps.clock.now()
  const { items, total } = await listApprovals(deps.db, filter, now)
  return { items, total, waiting_count: await countWaiting(deps.db, now) }
}
