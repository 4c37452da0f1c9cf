import { HistoryList } from '../../features/studio/history-list.tsx'
import { useStudioTexts } from '../../features/studio/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { RequireAccount } from '../shell/require-account.tsx'
import styles from './try-on-page.module.css'

export function HistoryPage() {
  const texts = useStudioTexts()
  return (
    <RequireAccount kind="user">
      <div className={styles.page}>
        <PageTitle>{texts.history_title}</PageTitle>
        <h1>{texts.history_title}</h1>
        <HistoryList />
      </div>
    </RequireAccount>
  )
}
