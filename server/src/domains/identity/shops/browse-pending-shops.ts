import type { IdentityDeps } from '../deps.ts'
import { listPendingShops } from './queries.ts'

/** Not approved, newest first; rejected ones only when asked for (contract 2.16). */
export function browsePendingShops(
  deps: Pick<IdentityDeps, 'db'>,
  filter: { page: number; per_page: number; include_rejected: boolean },
) {
  return listPendingShops(deps.db, filter)
}
