import type { Db } from '#infra/db.ts'
import type { Page } from '#kernel/page.ts'
import { findProducts, type Product } from '../catalog/public.ts'
import { waitingProducts } from './queries.ts'

/** Cards that wait for a decision, oldest submission first. Two statements whatever the page. */
export async function listQueue(deps: { db: Db }, page: Page): Promise<Product[]> {
  return findProducts(deps.db, await waitingProducts(deps.db, page))
}
