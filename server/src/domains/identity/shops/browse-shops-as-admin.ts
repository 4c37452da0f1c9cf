import type { IdentityDeps } from '../deps.ts'
import { type AdminShopFilter, listShops } from './admin-queries.ts'
import { listPendingShops } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db'>

/** Not approved, newest first; rejected ones only when asked for (contract 2.16). */
export function browsePendingShops(
  deps: Deps,
  filter: { page: number; per_page: number; include_rejected: boolean },
) {
  return listPendingShops(deps.db, filter)
}

/** All shops, filtered and sorted (contract 2.16). */
export function browseAllShops(deps: Deps, filter: AdminShopFilter) {
  return listShops(deps.db, filter)
}
