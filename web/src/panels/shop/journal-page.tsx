import { useSearchParams } from 'react-router'
import { JournalList } from '../../features/audit/journal-list.tsx'
import { useAuditTexts } from '../../features/audit/texts.ts'
import { pageNumber } from '../../lib/router/page-number.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import styles from './journal-page.module.css'

export function JournalPage() {
  const texts = useAuditTexts()
  const [search] = useSearchParams()
  return (
    <div className={styles.page}>
      <PageTitle>{texts.journal}</PageTitle>
      <header className={styles.head}>
        <h1>{texts.journal}</h1>
        <p className={styles.about}>{texts.journal_about}</p>
      </header>
      <JournalList page={pageNumber(search)} />
    </div>
  )
}
