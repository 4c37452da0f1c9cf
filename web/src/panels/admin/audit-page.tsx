import { useNavigate, useSearchParams } from 'react-router'
import { fieldProblem } from '../../api/problem.ts'
import { AuditFilterForm } from '../../features/audit/audit-filter.tsx'
import { AuditList } from '../../features/audit/audit-list.tsx'
import { addressOf, filterFrom } from '../../features/audit/filters.ts'
import { useAudit } from '../../features/audit/queries.ts'
import { useAuditTexts } from '../../features/audit/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import styles from './list-page.module.css'

export function AuditPage() {
  const texts = useAuditTexts()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const filter = filterFrom(search)
  const found = useAudit(filter)
  return (
    <div className={styles.page}>
      <PageTitle>{texts.title}</PageTitle>
      <header className={styles.head}>
        <h1>{texts.title}</h1>
        <p className={styles.about}>{texts.about}</p>
      </header>
      <AuditFilterForm
        filter={filter}
        periodProblem={fieldProblem(found.error, 'to')}
        onFilter={(next) => void navigate(paths.adminAudit(addressOf(next)), { preventScrollReset: true })}
      />
      <AuditList filter={filter} />
    </div>
  )
}
