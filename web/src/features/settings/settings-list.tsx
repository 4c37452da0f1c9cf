import { useProblemText } from '../../api/problems.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useSettings } from './queries.ts'
import { SettingRow } from './setting-row.tsx'
import { grouped } from './setting-value.ts'
import styles from './settings-list.module.css'
import { useSettingsTexts } from './texts.ts'

/** Every setting of the platform, by subject. */
export function SettingsList({ needsTwo }: { needsTwo: boolean }) {
  const texts = useSettingsTexts()
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
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
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
