import { useProblemText } from '../../api/problems.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useSettings } from './queries.ts'
import { SettingRow } from './setting-row.tsx'
import { grouped } from './setting-value.ts'
import styles from './settings-list.module.css'
import { useSettingsTexts } from './texts.ts'

/** Every setting of the platform, by subject. */
export function SettingsList({ needsTwo }: { needsTwo: boolean }) {
  const texts = useSettingsTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const found = useSettings()
  if (found.isPending) {
    return (
      <div role="status" className={styles.groups}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="block" />
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <State
        icon="warning"
        title={texts.failed_title}
        announce
        action={<Button onClick={() => void found.refetch()}>{ui.retry}</Button>}
      >
        <p>{problemText(found.error)}</p>
      </State>
    )
  }
  return (
    <div className={styles.groups}>
      {grouped(found.data).map(({ group, settings }) => (
        <section key={group} aria-labelledby={`settings-${group}`}>
          <h2 id={`settings-${group}`} className={styles.heading}>
            {texts.groups[group]}
          </h2>
          <ul className={styles.list}>
            {settings.map((setting) => (
              <SettingRow key={setting.key} setting={setting} needsTwo={needsTwo} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
