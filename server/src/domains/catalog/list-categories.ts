import type { Db } from '#infra/db.ts'
import type { Page } from '#kernel/page.ts'
import { notFound } from '#kernel/problem.ts'
import { type CountedCategory, findCategory, listCategories as select } from './queries/categories.ts'

/** By `order`, then name, each with the number of listed cards in it and below. */
export function listCategories(
  deps: { db: Db },
  input: Page & { is_active?: boolean | undefined; parent_id?: number | undefined },
): Promise<{ categories: CountedCategory[]; total: number }> {
  return select(deps.db, { is_active: input.is_active, parent_id: input.parent_id }, input)
}

/** @throws not_found (404) */
export async function getCategory(deps: { db: Db }, category_id: number): Promise<CountedCategory> {
  const category = await findCategory(deps.db, category_id)
  if (!category) throw notFound()
  return category
}
