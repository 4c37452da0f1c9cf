import type { Product } from '../../api/types.ts'

/** The card to look at after `product_id` has left the queue: the one behind it, else the one before. */
export function nextAfter(queue: readonly Product[], product_id: number): Product | null {
  const index = queue.findIndex(({ id }) => id === product_id)
  if (index === -1) return queue[0] ?? null
  return queue[index + 1] ?? queue[index - 1] ?? null
}

/** The card `steps` places from `product_id`; null beyond the ends. */
export function neighbour(queue: readonly Product[], product_id: number, steps: 1 | -1): Product | null {
  const index = queue.findIndex(({ id }) => id === product_id)
  return index === -1 ? (queue[0] ?? null) : (queue[index + steps] ?? null)
}
