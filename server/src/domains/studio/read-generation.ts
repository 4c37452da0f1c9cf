import { sql } from 'kysely'
import type { Db, Reader } from '#infra/db.ts'
import { asSystem } from '#infra/wall.ts'
import type { UserActor } from '#kernel/actor.ts'
import type { UserId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Page } from '#kernel/page.ts'
import { notFound } from '#kernel/problem.ts'
import type { StudioMedia } from './deps.ts'
import type { Generation } from './model.ts'
import { findGeneration, type HistoryFilter, listGenerations, queuePosition } from './queries.ts'
import type { Accepted } from './request-generation.ts'
import { chargeInfo, viewGeneration } from './view.ts'

export type ReadDeps = {
  db: Db
  media: Pick<StudioMedia, 'url'>
  /** Wardrobe items made of these generations, by generation id. */
  wardrobeItems: (db: Reader, generation_ids: number[]) => Promise<Map<number, number>>
}

/** One generation of the caller's own. @throws not_found (404), also for somebody else's */
export async function readGeneration(deps: ReadDeps, actor: UserActor, id: number, locale: Locale) {
  const row = await findGeneration(deps.db, id, actor.user_id)
  if (!row) throw notFound()
  return present(deps, row, locale)
}

export async function present(deps: ReadDeps, row: Generation, locale: Locale) {
  const items = await deps.wardrobeItems(deps.db, [row.id])
  const queue_position = row.status === 'queued' ? await placeInLine(deps.db, row.id) : null
  return viewGeneration(row, deps.media, {
    locale,
    queue_position,
    wardrobe_item_id: items.get(row.id) ?? null,
  })
}

/** The answer to an accepted request: the row, its place in line, and what paid. */
export async function presentAccepted(deps: ReadDeps, accepted: Accepted, locale: Locale) {
  const { generation, charge } = accepted
  const funds = await readFunds(deps.db, generation.user_id)
  const free_remaining = generation.type === 'generation' ? funds.generations_left : funds.try_ons_left
  const info = chargeInfo(charge, { free_remaining, balance_cents: funds.available_cents }, locale)
  const queue_position = await placeInLine(deps.db, generation.id)
  return viewGeneration(generation, deps.media, { locale, queue_position, charge_info: info })
}

/** Everybody's generations are counted, and nothing but the number is told. */
function placeInLine(db: Db, id: number): Promise<number> {
  return asSystem(() => queuePosition(db, id))
}

export async function readHistory(
  deps: ReadDeps,
  user_id: UserId,
  filter: HistoryFilter,
  page: Page,
  locale: Locale,
) {
  const rows = await listGenerations(deps.db, user_id, filter, page)
  const items =
    rows.length > 0
      ? await deps.wardrobeItems(
          deps.db,
          rows.map((row) => row.id),
        )
      : new Map<number, number>()
  return rows.map((row) =>
    viewGeneration(row, deps.media, { locale, wardrobe_item_id: items.get(row.id) ?? null }),
  )
}

async function readFunds(db: Reader, user_id: UserId) {
  return db
    .selectFrom('wallet.v_user_funds')
    .select([
      'free_generations_left as generations_left',
      'free_try_ons_left as try_ons_left',
      sql<number>`balance_cents - held_cents`.as('available_cents'),
    ])
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
}
