import { record } from '#domains/audit/public.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import { currentRequestId } from '#infra/log.ts'
import { after, type Clock } from '#kernel/time.ts'
import { LAST_LOOK_MS, LATE_MS, type LeftBehind } from './model.ts'
import type { PersonalData } from './personal-data.ts'
import { findOpenErasure, finishErasure } from './queries.ts'

export type EraseDeps = { db: Db; clock: Clock; personal_data: readonly PersonalData[] }

/**
 * Job `compliance.erase_profile`: every slice deletes what the profile left with it, in the order of the composition.
 * Runs at once after the end of the profile, and again by `compliance.sweep` until, an hour later, nothing is left. May
 * run any number of times, also twice at once: each part deletes what it finds.
 */
export async function eraseProfile(deps: EraseDeps, erasure_id: number): Promise<void> {
  const erasure = await findOpenErasure(deps.db, erasure_id)
  if (!erasure) return
  const { requested_at } = erasure
  const is_last_look = after(requested_at, LAST_LOOK_MS) <= deps.clock.now()
  // The column carries a check that allows these two.
  const profile = erasure.profile as LeftBehind['profile']
  const left = { ...erasure, profile, until: after(requested_at, LATE_MS), is_last_look }
  let is_done = true
  for (const { erase } of deps.personal_data) {
    if (erase && !(await erase(left))) is_done = false
  }
  if (is_done && is_last_look) await finish(deps, left, erasure_id)
}

/** The trail says that it was done, and to whom by number alone. */
function finish(deps: EraseDeps, { profile, profile_id }: LeftBehind, erasure_id: number): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await finishErasure(tx, erasure_id, deps.clock.now()))) return
    await record(tx, {
      actor: { kind: 'guest' },
      call: { request_id: currentRequestId() ?? 'erasure', ip: null, user_agent: null },
      action: 'compliance.erasure_finished',
      entity_type: profile,
      entity_id: profile_id,
    })
  })
}
