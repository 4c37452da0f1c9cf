import { useTwoPersons } from '../../features/approvals/queries.ts'
import { SettingsList } from '../../features/settings/settings-list.tsx'
import { useSettingsTexts } from '../../features/settings/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import styles from './staff-page.module.css'

export function SettingsPage() {
  const texts = useSettingsTexts()
  const needsTwo = useTwoPersons()?.isRule === true
  return (
    <div className={styles.page}>
      <PageTitle>{texts.title}</PageTitle>
      <header>
        <h1>{texts.title}</h1>
        <p className={styles.intro}>{needsTwo ? texts.intro_two : texts.intro}</p>
      </header>
      <SettingsList needsTwo={needsTwo} />
    </div>
  )
}
