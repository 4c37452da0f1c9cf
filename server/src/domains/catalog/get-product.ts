import type { Db } from '#infra/db.ts'
import type { Actor } from '#kernel/actor.ts'
import { notFound } from '#kernel/problem.ts'
import type { Product } from './model.ts'
import { maySee } from './policy.ts'
import { findProduct } from './queries/products.ts'

/** @throws not_found (404), also for a card that is not listed, unless its shop or an admin asks */
export async function getProduct(deps: { db: Db }, actor: Actor, product_id: number): Promise<Product> {
  const product = await findProduct(deps.db, product_id)
  if (!product || !maySee(actor, product)) throw notFound()
  return product
}
