import type { Actor } from '#kernel/actor.ts'
import type { Product } from './model.ts'

/** Owner and admins see notes, rent and version; everybody else the public face (contract 2.0). */
export function seesEverything(actor: Actor, product: Pick<Product, 'shop_id'>): boolean {
  if (actor.kind === 'shop') return actor.shop_id === product.shop_id
  return actor.kind === 'user' && actor.role === 'admin'
}

export function maySee(actor: Actor, product: Pick<Product, 'shop_id' | 'is_listed'>): boolean {
  return product.is_listed || seesEverything(actor, product)
}

/** Filters by state are honoured for admins, and for a shop among its own cards (A11). */
export function searchesAllStates(actor: Actor, shop_id: number | undefined): boolean {
  if (actor.kind === 'shop') return actor.shop_id === shop_id
  return actor.kind === 'user' && actor.role === 'admin'
}
