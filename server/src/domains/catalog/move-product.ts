import type { Tx } from '#infra/db.ts'
import { canMove, MOVES, type Move, type Product } from './model.ts'
import { compareAndSet, type ProductChange } from './queries/products.ts'

/** What a move may change besides the state. */
export type MoveChange = Omit<ProductChange, 'moderation_status' | 'is_active'>

/**
 * Moves a card along the table of `model.ts`, from exactly the state and version that the caller saw.
 * Returns false, with nothing changed, when the table does not allow it or somebody was quicker.
 */
export async function moveProduct(
  tx: Tx,
  input: {
    product: Pick<Product, 'id' | 'version' | 'moderation_status'>
    move: Move
    change?: MoveChange
    now: Date
  },
): Promise<boolean> {
  const { product, move, change = {}, now } = input
  if (!canMove(move, product.moderation_status)) return false
  const { to, is_active } = MOVES[move]
  const switched = is_active === 'kept' ? {} : { is_active }
  return compareAndSet(tx, product, { ...change, ...switched, moderation_status: to }, now)
}
