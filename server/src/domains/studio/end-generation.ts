import { releaseCharge } from '#domains/wallet/public.ts'
import { inTransaction, isForeignKeyViolation, type Reader } from '#infra/db.ts'
import type { UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { after } from '#kernel/time.ts'
import type { StudioDeps } from './deps.ts'
import { announceGeneration } from './events.ts'
import { chargeOf, type Generation, RESULT_WITHIN_MS } from './model.ts'
import { generationInUse, notCancellable, notFinished } from './problems.ts'
import { deleteGenerationRow, findGeneration, listOverdue, moveGeneration } from './queries.ts'

type EndDeps = Pick<StudioDeps, 'db' | 'clock' | 'media'>

/** The user takes back what still waits; the charge is released. @throws not_found (404), invalid_state (409) */
export function cancelGeneration(deps: EndDeps, actor: UserActor, id: number): Promise<Generation> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await findGeneration(tx, id, actor.user_id))) throw notFound()
    const changes = { finished_at: deps.clock.now() }
    const moved = await moveGeneration(tx, id, { to: 'cancelled', from: 'queued', run_id: null, changes })
    if (!moved) throw notCancellable()
    await releaseCharge(tx, chargeOf(moved), { user_id: moved.user_id, kind: moved.type })
    await announceGeneration(tx, moved, deps.media)
    return moved
  })
}

/**
 * Row and files go; transactions stay (contract 4.11).
 * @throws not_found (404), invalid_state (409) while it runs, in_use (409) while a wardrobe item refers to it
 */
export function deleteGeneration(
  deps: EndDeps & { wardrobeItemsOf: (db: Reader, generation_id: number) => Promise<number> },
  actor: UserActor,
  input: { id: number; delete_files: boolean },
): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await findGeneration(tx, input.id, actor.user_id))) throw notFound()
    const items = await deps.wardrobeItemsOf(tx, input.id)
    if (items > 0) throw generationInUse(items)
    const deleted = await deleteGenerationRow(tx, input.id, actor.user_id).catch((error: unknown) => {
      // Kept in the wardrobe between the question and the deletion: the key refuses it.
      throw isForeignKeyViolation(error) ? generationInUse(1) : error
    })
    if (!deleted) throw notFinished()
    if (input.delete_files && deleted.image_key) await deps.media.release(tx, [deleted.image_key])
  })
}

/** Job `studio.fail_overdue`: no result after ten minutes; a result that comes later is thrown away (contract 4.2). */
export async function failOverdue(deps: EndDeps): Promise<number> {
  const now = deps.clock.now()
  const overdue = await listOverdue(deps.db, after(now, -RESULT_WITHIN_MS))
  let failed = 0
  for (const { id } of overdue) {
    const moved = await inTransaction(deps.db, async (tx) => {
      const changes = { error_code: 'timed_out', finished_at: now }
      const row = await moveGeneration(tx, id, { to: 'failed', run_id: null, changes })
      if (!row) return false
      await releaseCharge(tx, chargeOf(row), { user_id: row.user_id, kind: row.type })
      await announceGeneration(tx, row, deps.media)
      return true
    })
    if (moved) failed += 1
  }
  return failed
}
