import type { Tx } from '#infra/db.ts'
import { addTryOn } from './queries/products.ts'

/** One succeeded try-on of the card, in the transaction that settles it. A card that is gone counts nothing. */
export async function countTryOn(tx: Tx, product_id: number): Promise<void> {
  await addTryOn(tx, product_id)
}
