import { inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import { record } from '../audit/public.ts'
import type { CategoryDeps } from './create-category.ts'
import { categoryById, deleteCategoryRow, lockTree } from './queries/categories.ts'

/** Cards stay without a category, children move up to the deleted one's parent. @throws not_found (404) */
export function deleteCategory(
  deps: CategoryDeps,
  actor: UserActor,
  input: { category_id: number; call: CallContext },
): Promise<void> {
  const now = deps.clock.now()
  return inTransaction(deps.db, async (tx) => {
    await lockTree(tx)
    const category = await categoryById(tx, input.category_id)
    if (!category) throw notFound()
    await deleteCategoryRow(tx, category, now)
    await record(tx, {
      actor,
      call: input.call,
      action: 'catalog.category_deleted',
      entity_type: 'category',
      entity_id: category.id,
      old_values: { name: category.name, slug: category.slug, parent_id: category.parent_id },
    })
  })
}
