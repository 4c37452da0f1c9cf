import { listWaitingSubjects } from '#domains/approvals/public.ts'
import type { UserActor } from '#kernel/actor.ts'
import type { Page } from '#kernel/page.ts'
import { notFound } from '#kernel/problem.ts'
import { KIND } from './carry-out-change.ts'
import type { SettingsDeps } from './deps.ts'
import { isSettingKey, SETTING_KEYS, SETTINGS } from './model.ts'
import { listSettings, listVersions } from './queries.ts'

export type SettingView = Awaited<ReturnType<typeof browseSettings>>[number]

/** Every setting with its rules and the change that waits for it, in the order of the list. */
export async function browseSettings(deps: Pick<SettingsDeps, 'db' | 'clock'>, _admin: UserActor) {
  const [rows, waiting] = await Promise.all([
    listSettings(deps.db),
    listWaitingSubjects(deps.db, KIND, deps.clock.now()),
  ])
  return rows
    .toSorted((a, b) => SETTING_KEYS.indexOf(a.key) - SETTING_KEYS.indexOf(b.key))
    .map((row) => ({ ...row, rules: SETTINGS[row.key], approval_id: waiting.get(row.key) ?? null }))
}

/** What a setting was and who changed it, newest first. @throws not_found (404) */
export async function browseVersions(
  deps: Pick<SettingsDeps, 'db'>,
  _admin: UserActor,
  { key, ...page }: Page & { key: string },
) {
  if (!isSettingKey(key)) throw notFound()
  return listVersions(deps.db, key, page)
}
