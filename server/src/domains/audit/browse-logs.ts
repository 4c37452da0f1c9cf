import type { Db } from '#infra/db.ts'
import type { ShopActor, UserActor } from '#kernel/actor.ts'
import type { Page } from '#kernel/page.ts'
import { validationFailed } from '#kernel/problem.ts'
import { type AuditFilter, COUNTED_MAX, listRows, listRowsOfShop } from './queries.ts'

export { COUNTED_MAX }

/** The whole trail, for admins. @throws validation_failed (422) when the period ends before it begins */
export function browseLogs(deps: { db: Db }, _admin: UserActor, filter: AuditFilter) {
  if (filter.from && filter.to && filter.from >= filter.to) throw validationFailed([ENDS_TOO_EARLY])
  return listRows(deps.db, filter)
}

/** What was done to the caller's shop and its cards. Who of the staff did it, and from where, is not the shop's to know. */
export function browseMyShopLogs(deps: { db: Db }, shop: ShopActor, page: Page) {
  return listRowsOfShop(deps.db, shop.shop_id, page)
}

const ENDS_TOO_EARLY = {
  field: 'to',
  code: 'too_small',
  message: {
    ru: 'Конец периода раньше начала',
    kk: 'Кезеңнің соңы басынан бұрын',
    en: 'The period ends before it begins',
  },
}
