import type { ProductHooks } from '../catalog/public.ts'
import { tellQueueUpdated } from './events.ts'
import { putInQueue, takeFromQueue } from './queries.ts'

/**
 * What moderation does inside the catalogue's transactions, so that a card is pending exactly while its queue row waits
 * (contract 1.6, invariant 7). The composition hands these to the catalogue.
 */
export const productHooks: ProductHooks = {
  on_product_submitted: async (tx, { product_id, resubmitted, now }) => {
    await putInQueue(tx, product_id, now)
    await tellQueueUpdated(tx, { action: resubmitted ? 'updated' : 'added', product_id })
  },
  on_product_deleted: async (tx, { product_id }) => {
    const was_waiting = await takeFromQueue(tx, product_id)
    if (was_waiting) await tellQueueUpdated(tx, { action: 'removed', product_id })
  },
}
