import type { Db } from '#infra/db.ts'
import { parseSetting, publicValue, SETTINGS } from './model.ts'
import { listValues } from './queries.ts'

/** What everybody may know, each in its own type. */
export async function readPublicSettings(deps: { db: Db }): Promise<Record<string, number | boolean>> {
  const rows = await listValues(deps.db)
  const open = rows.filter((row) => SETTINGS[row.key].public)
  return Object.fromEntries(
    open.map((row) => [row.key, publicValue(row.key, parseSetting(row.key, row.value) ?? 0)]),
  )
}
