import { OldAndNew } from './old-and-new.tsx'
import { useSettings } from './queries.ts'
import styles from './setting-change.module.css'
import { wordsOf } from './setting-value.ts'
import { useSettingsTexts } from './texts.ts'

/** What a request wants to change, from its payload; null when it is no change of a setting. */
export function SettingChange({ payload }: { payload: Record<string, unknown> }) {
  const texts = useSettingsTexts()
  const known = useSettings().data
  const { key, old_value, new_value } = payload
  const setting = known?.find((one) => one.key === key)
  if (!setting || typeof old_value !== 'string' || typeof new_value !== 'string') return null
  const { name, about } = wordsOf(setting, texts)
  return (
    <div className={styles.change}>
      <h2 className={styles.name}>{name}</h2>
      <OldAndNew setting={setting} old={old_value} next={new_value} />
      <p className={styles.about}>{about}</p>
    </div>
  )
}
