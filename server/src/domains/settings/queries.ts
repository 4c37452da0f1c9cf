import type { Reader, Tx } from '#infra/db.ts'
import type { UserId } from '#kernel/id.ts'
import type { Page } from '#kernel/page.ts'
import { isSettingKey, parseSetting, SETTINGS, type SettingKey } from './model.ts'

/** Creates missing settings with their defaults; an existing value is never overwritten (contract 4.1). */
export async function ensureSettings(tx: Tx): Promise<void> {
  const rows = Object.entries(SETTINGS).map(([key, definition]) => ({
    key,
    value: definition.default,
    description: definition.description,
  }))
  await tx
    .insertInto('settings.platform_settings')
    .values(rows)
    .onConflict((oc) => oc.column('key').doNothing())
    .execute()
}

/** One setting as a number: cents, count, basis points, or 0/1. A stored value that does not parse is a bug, not a default. */
export async function readSetting(db: Reader, key: SettingKey): Promise<number> {
  const row = await db
    .selectFrom('settings.platform_settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst()
  const value = parseSetting(key, row?.value ?? SETTINGS[key].default)
  if (value === null) throw new Error(`setting ${key} holds a value that does not fit its type`)
  return value
}

/** Every value as it is stored; in no order. */
export async function listValues(db: Reader): Promise<{ key: SettingKey; value: string }[]> {
  const rows = await db.selectFrom('settings.platform_settings').select(['key', 'value']).execute()
  return rows.flatMap(({ key, value }) => (isSettingKey(key) ? [{ key, value }] : []))
}

/** Every setting as it is, with who changed it last; in no order. */
export async function listSettings(db: Reader) {
  const rows = await db
    .selectFrom('settings.platform_settings as s')
    .leftJoin('settings.setting_versions as v', (join) =>
      join.onRef('v.key', '=', 's.key').onRef('v.version', '=', 's.version'),
    )
    .leftJoin('identity.v_users as u', 'u.id', 'v.changed_by')
    .select(['s.key', 's.value', 's.description', 's.version'])
    .select(['v.changed_by', 'u.name as changed_by_name', 'v.changed_at'])
    .execute()
  return rows.flatMap((row) => (isSettingKey(row.key) ? [{ ...row, key: row.key }] : []))
}

export type PresentSetting = {
  id: number
  key: string
  value: string
  description: string | null
  version: number
}

/** The setting, held until the transaction ends: a second change waits and then sees the first. */
export function lockSetting(tx: Tx, key: SettingKey): Promise<PresentSetting> {
  return tx
    .selectFrom('settings.platform_settings')
    .select(['id', 'key', 'value', 'description', 'version'])
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export type NewVersion = {
  value: string
  description: string | null
  reason: string | null
  changed_by: UserId
  approved_by: UserId | null
  approval_id: number | null
  changed_at: Date
}

/** The present value, locked by `lockSetting`, and its history move together. */
export async function writeVersion(tx: Tx, present: PresentSetting, next: NewVersion): Promise<void> {
  const { value, description, changed_at, ...why } = next
  const version = present.version + 1
  await tx
    .updateTable('settings.platform_settings')
    .set({ value, description, version, updated_at: changed_at })
    .where('id', '=', present.id)
    .execute()
  await tx
    .insertInto('settings.setting_versions')
    .values({
      ...why,
      key: present.key,
      version,
      old_value: present.value,
      new_value: value,
      old_description: present.description,
      new_description: description,
      changed_at,
    })
    .execute()
}

export type VersionRow = Awaited<ReturnType<typeof listVersions>>['items'][number]

/** Newest first, with the names of those who changed it. */
export async function listVersions(db: Reader, key: SettingKey, page: Page) {
  const rows = db.selectFrom('settings.setting_versions as v').where('v.key', '=', key)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .leftJoin('identity.v_users as c', 'c.id', 'v.changed_by')
    .leftJoin('identity.v_users as a', 'a.id', 'v.approved_by')
    .select([
      'v.version',
      'v.old_value',
      'v.new_value',
      'v.old_description',
      'v.new_description',
      'v.reason',
      'v.changed_by',
      'c.name as changed_by_name',
      'v.approved_by',
      'a.name as approved_by_name',
      'v.approval_id',
      'v.changed_at',
    ])
    .orderBy('v.version', 'desc')
    .limit(page.limit)
    .offset(page.skip)
    .execute()
  return { items, total }
}
