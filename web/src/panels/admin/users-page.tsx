import { useNavigate, useSearchParams } from 'react-router'
import { addressOf, filterFrom } from '../../features/people/filters.ts'
import { PeopleList } from '../../features/people/people-list.tsx'
import { PeopleTools } from '../../features/people/people-tools.tsx'
import { usePeople } from '../../features/people/queries.ts'
import { usePeopleTexts } from '../../features/people/texts.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import styles from './list-page.module.css'

export function UsersPage() {
  const texts = usePeopleTexts()
  const language = useLanguage()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const filter = filterFrom(search)
  const total = usePeople(filter).data?.total
  return (
    <div className={styles.page}>
      <PageTitle>{texts.title}</PageTitle>
      <header>
        <h1>{texts.title}</h1>
        <p className={styles.count} role="status">
          {total !== undefined && texts.found(total, formatNumber(total, language))}
        </p>
      </header>
      <PeopleTools
        filter={filter}
        onFilter={(next) => void navigate(paths.adminUsers(addressOf(next)), { preventScrollReset: true })}
      />
      <PeopleList filter={filter} />
    </div>
  )
}
