import { type Db, inTransaction, isUniqueViolation } from '#infra/db.ts'
import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { Clock } from '#kernel/time.ts'
import { record } from '../audit/public.ts'
import type { CategoryInput } from './category-schemas.ts'
import { categoryTaken, unknownParent } from './problems.ts'
import {
  type CountedCategory,
  categoryById,
  findCategory,
  insertCategory,
  lockTree,
} from './queries/categories.ts'

export type CategoryDeps = { db: Db; clock: Clock }

/** @throws already_exists (409, name or slug), validation_failed (422, unknown parent) */
export async function createCategory(
  deps: CategoryDeps,
  actor: UserActor,
  input: { values: CategoryInput; call: CallContext },
): Promise<CountedCategory> {
  const now = deps.clock.now()
  const {
    name,
    slug,
    description = null,
    icon_url = null,
    parent_id = null,
    order = 0,
    is_active = true,
  } = input.values
  const values = { name: name.trim(), slug, description, icon_url, parent_id, order, is_active }
  return namingClashes(() =>
    inTransaction(deps.db, async (tx) => {
      await lockTree(tx)
      if (parent_id !== null && !(await categoryById(tx, parent_id))) throw unknownParent()
      const id = await insertCategory(tx, values, now)
      await record(tx, {
        actor,
        call: input.call,
        action: 'catalog.category_created',
        entity_type: 'category',
        entity_id: id,
        new_values: values,
      })
      const category = await findCategory(tx, id)
      if (!category) throw new Error('the category that was just written cannot be read')
      return category
    }),
  )
}

/** The database decides which name is taken, whoever else writes at the moment. */
export async function namingClashes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUniqueViolation(error, 'categories_name_key')) throw categoryTaken('name')
    if (isUniqueViolation(error, 'categories_slug_key')) throw categoryTaken('slug')
    throw error
  }
}
