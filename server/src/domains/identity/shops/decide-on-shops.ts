import type { CallContext, UserActor } from '#kernel/actor.ts'
import { Problem } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { approveShop, blockShop } from './decide-on-shop.ts'

export type DecideOnShops = {
  shop_ids: number[]
  action: 'approve' | 'block'
  reason: string | null
  call: CallContext
}
export type DecidedShops = { success: number[]; failed: { shop_id: number; problem: Problem }[] }

/**
 * Each shop by the rule for one, in a transaction of its own: one that cannot be changed stops none of the others.
 * A shop that is named twice is decided on once.
 */
export async function decideOnShops(
  deps: Pick<IdentityDeps, 'db' | 'config' | 'clock'>,
  admin: UserActor,
  { shop_ids, action, reason, call }: DecideOnShops,
): Promise<DecidedShops> {
  const decided: DecidedShops = { success: [], failed: [] }
  for (const shop_id of new Set(shop_ids)) {
    try {
      if (action === 'block') await blockShop(deps, admin, { shop_id, reason, call })
      else await approveShop(deps, admin, { shop_id, ...(reason === null ? {} : { notes: reason }), call })
      decided.success.push(shop_id)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      decided.failed.push({ shop_id, problem })
    }
  }
  return decided
}
