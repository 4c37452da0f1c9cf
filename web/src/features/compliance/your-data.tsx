import { useId } from 'react'
import { useMe } from '../../api/me.ts'
import styles from './compliance.module.css'
import { ConsentList } from './consent-list.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { ExportData } from './export-data.tsx'
import { useComplianceTexts } from './texts.ts'

/** What a person may do about what is kept of him: see and withdraw consents, get a copy, be forgotten. */
export function YourData() {
  const texts = useComplianceTexts()
  const id = useId()
  const { data: user } = useMe()
  if (!user) return null
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{texts.title}</h2>
      <ConsentList />
      <ExportData user={user} />
      {user.role !== 'admin' && <DeleteAccount user={user} />}
    </section>
  )
}
