import type { Tx } from '#infra/db.ts'
import { type Delivery, emit } from '#infra/outbox.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Product } from './model.ts'
import { productEventData, type WireDeps } from './schemas.ts'

type Action = 'created' | 'updated_pending_moderation' | 'deleted' | 'unlisted'

/** To the shop and the admins only: a card that waits for moderation is nobody else's business (A16). */
export async function tellProductCreated(tx: Tx, deps: WireDeps, product: Product): Promise<void> {
  await emit(tx, {
    name: 'product.created',
    payload: ids(product),
    deliveries: toOwners(product, productEvent(deps, product, 'created')),
  })
  await tellSubmitted(tx, product, false)
}

/** As the card was and as it is now: what was listed leaves the catalogue before everybody's eyes. */
export async function tellProductUpdated(
  tx: Tx,
  deps: WireDeps,
  change: { before: Product; after: Product },
): Promise<void> {
  await emit(tx, {
    name: 'product.updated',
    payload: ids(change.after),
    deliveries: toOwners(change.after, productEvent(deps, change.after, 'updated_pending_moderation')),
  })
  if (change.before.is_listed) await tellProductUnlisted(tx, change.after)
  await tellSubmitted(tx, change.after, true)
}

/** For everybody who may have the card on the screen: it is not offered any more. No reason is given. */
export async function tellProductUnlisted(tx: Tx, product: Product): Promise<void> {
  await emit(tx, {
    name: 'product.deleted',
    payload: { ...ids(product), action: 'unlisted' },
    deliveries: [{ to: 'users', data: goneEvent(product, 'unlisted') }],
  })
}

export async function tellProductDeleted(tx: Tx, before: Product): Promise<void> {
  const data = goneEvent(before, 'deleted')
  await emit(tx, {
    name: 'product.deleted',
    payload: { ...ids(before), action: 'deleted' },
    deliveries: [...toOwners(before, data), ...(before.is_listed ? [{ to: 'users', data }] : [])],
  })
  await emit(tx, {
    name: 'catalog.product_deleted',
    payload: { ...ids(before), was_listed: before.is_listed },
  })
}

async function tellSubmitted(tx: Tx, product: Product, resubmitted: boolean): Promise<void> {
  await emit(tx, { name: 'catalog.product_submitted', payload: { ...ids(product), resubmitted } })
}

function ids(product: Product): JsonObject {
  return { product_id: product.id, shop_id: product.shop_id }
}

function toOwners(product: Product, data: JsonObject): Delivery[] {
  return [
    { to: `shop:${product.shop_id}`, data },
    { to: 'admins', data },
  ]
}

/** Contract 3.4 ProductEvent. */
function productEvent(deps: WireDeps, product: Product, action: Action): JsonObject {
  return {
    ...ids(product),
    product_name: product.name,
    action,
    moderation_status: product.moderation_status,
    is_active: product.is_active,
    product: productEventData(deps, product, 'full'),
  }
}

function goneEvent(product: Product, action: Action): JsonObject {
  return {
    ...ids(product),
    product_name: product.name,
    action,
    moderation_status: null,
    is_active: null,
    product: null,
  }
}
