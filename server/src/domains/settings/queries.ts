import type { Reader, Tx } from '#infra/db.ts'
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

export async function listSettings(
  db: Reader,
): Promise<{ key: SettingKey; value: string; description: string | null }[]> {
  const rows = await db
    .selectFrom('settings.platform_settings')
    .select(['key', 'value', 'description'])
    .orderBy('key')
    .execute()
  return rows.flatMap((row) => (isSettingKey(row.key) ? [{ ...row, key: row.key }] : []))
}
