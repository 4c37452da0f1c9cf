/** A change of settings as a kind of approval. */
export { settingChange } from './carry-out-change.ts'
export type { SettingsDeps } from './deps.ts'
export type { SettingKey } from './model.ts'
/** Creates missing settings with their defaults; reads one as a number (cents, count, basis points, 0/1). */
export { ensureSettings, readSetting } from './queries.ts'
