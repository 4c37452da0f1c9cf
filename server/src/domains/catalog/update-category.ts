import { inTransaction } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { JsonObject } from '#kernel/json.ts'
import { notFound } from '#kernel/problem.ts'
import { record } from '../audit/public.ts'
import type { CategoryChanges } from './category-schemas.ts'
import { type CategoryDeps, namingClashes } from './create-category.ts'
import { categoryCycle, nothingToChange, unknownParent } from './problems.ts'
import {
  type Category,
  type CategoryValues,
  type CountedCategory,
  categoryById,
  changeCategory,
  findCategory,
  liesWithin,
  lockTree,
} from './queries/categories.ts'

/** @throws not_found (404), already_exists (409, name or slug), validation_failed (422, unknown parent or cycle) */
export async function updateCategory(
  deps: CategoryDeps,
  actor: UserActor,
  input: { category_id: number; changes: CategoryChanges; call: CallContext },
): Promise<CountedCategory> {
  const changes = given(input.changes)
  if (Object.keys(changes).length === 0) throw nothingToChange()
  const now = deps.clock.now()
  const id = input.category_id
  return namingClashes(() =>
    inTransaction(deps.db, async (tx) => {
      await lockTree(tx)
      const before = await categoryById(tx, id)
      if (!before) throw notFound()
      const { parent_id } = changes
      if (parent_id !== undefined && parent_id !== null) {
        if (!(await categoryById(tx, parent_id))) throw unknownParent()
        if (await liesWithin(tx, parent_id, id)) throw categoryCycle()
      }
      await changeCategory(tx, id, changes, now)
      await record(tx, {
        actor,
        call: input.call,
        action: 'catalog.category_changed',
        entity_type: 'category',
        entity_id: id,
        old_values: valuesBefore(before, changes),
        new_values: { ...changes },
      })
      const after = await findCategory(tx, id)
      if (!after) throw new Error('the category that was just written cannot be read')
      return after
    }),
  )
}

/** Only the fields that were sent; an explicit null clears. */
function given(changes: CategoryChanges): Partial<CategoryValues> {
  const { name, ...rest } = changes
  return { ...rest, ...(name === undefined ? {} : { name: name.trim() }) }
}

function valuesBefore(before: Category, changes: Partial<CategoryValues>): JsonObject {
  const { created_at: _created_at, updated_at: _updated_at, ...values } = before
  return Object.fromEntries(Object.entries(values).filter(([field]) => field in changes))
}
