import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import { asSystem } from '#infra/wall.ts'
import type { JsonObject } from '#kernel/json.ts'
import { type Cents, centsToWire } from '#kernel/money.ts'
import { type Product, productEventData } from '../catalog/public.ts'
import { countWaiting } from './queries.ts'

type QueueAction = 'added' | 'updated' | 'processed' | 'removed'

/** Contract 3.4 QueueEvent. `product_id` is null for a bulk action. */
export async function tellQueueUpdated(
  tx: Tx,
  change: { action: QueueAction; product_id: number | null },
): Promise<void> {
  // A number for admins: of all shops' cards, whichever shop's change it tells of.
  const pending_count = await asSystem(() => countWaiting(tx))
  const data = { pending_count, ...change }
  await emit(tx, {
    name: 'moderation.queue_updated',
    payload: { product_id: change.product_id },
    deliveries: [{ to: 'admins', data }],
  })
}

export type Decision = {
  product: Product
  admin_id: number
  /** What was really charged; null when nothing was due. */
  fee_cents: Cents | null
}

/** Owner and admins hear everything; people only what the catalogue shows, and only when it shows the card. */
export async function tellProductApproved(
  tx: Tx,
  deps: { media_origin: string },
  decision: Decision,
): Promise<void> {
  const { product } = decision
  const full = moderationEvent(deps, decision)
  const open = {
    ...publicFields(product),
    moderation_notes: null,
    product: productEventData(deps, product, 'public'),
  }
  await emit(tx, {
    name: 'product.approved',
    payload: ids(product),
    deliveries: [
      { to: `shop:${product.shop_id}`, data: full },
      { to: 'admins', data: full },
      ...(product.is_listed ? [{ to: 'users', data: open }] : []),
    ],
  })
  await emit(tx, { name: 'moderation.product_approved', payload: ids(product) })
}

export async function tellProductRejected(
  tx: Tx,
  deps: { media_origin: string },
  decision: Decision,
): Promise<void> {
  const { product } = decision
  const data = moderationEvent(deps, decision)
  await emit(tx, {
    name: 'product.rejected',
    payload: ids(product),
    deliveries: [
      { to: `shop:${product.shop_id}`, data },
      { to: 'admins', data },
    ],
  })
  await emit(tx, {
    name: 'moderation.product_rejected',
    payload: { ...ids(product), notes: product.moderation_notes },
  })
}

function ids(product: Product): JsonObject {
  return { product_id: product.id, shop_id: product.shop_id }
}

function publicFields(product: Product): JsonObject {
  return {
    ...ids(product),
    product_name: product.name,
    shop_name: product.shop_name,
    moderation_status: product.moderation_status,
  }
}

/** Contract 3.4 ModerationEvent. */
function moderationEvent(
  deps: { media_origin: string },
  { product, admin_id, fee_cents }: Decision,
): JsonObject {
  return {
    ...publicFields(product),
    moderation_notes: product.moderation_notes,
    admin_id,
    approval_fee: fee_cents === null ? null : centsToWire(fee_cents),
    product: productEventData(deps, product, 'full'),
  }
}
