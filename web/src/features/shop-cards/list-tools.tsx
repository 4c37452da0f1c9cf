import { Link } from 'react-router'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { ChipCount, chipClass } from '../../ui/chip.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from './list-tools.module.css'
import { type CardFilter, STATUSES, useCardCounts } from './queries.ts'
import { useCardTexts } from './texts.ts'

type ListToolsProps = { filter: CardFilter; onSearch: (query: string) => void }

/** States as links with their counts, and a search in names and descriptions. */
export function ListTools({ filter, onSearch }: ListToolsProps) {
  const texts = useCardTexts()
  const language = useLanguage()
  const counts = useCardCounts()
  const names = { all: texts.all, pending: texts.pending, approved: texts.approved, rejected: texts.rejected }
  return (
    <div className={styles.tools}>
      <nav className={styles.states} aria-label={texts.filter_label}>
        {(['all', ...STATUSES] as const).map((status) => (
          <Link
            key={status}
            className={chipClass}
            to={paths.shopProducts({ ...(status === 'all' ? {} : { status }), query: filter.query })}
            aria-current={status === filter.status ? 'page' : undefined}
            preventScrollReset
          >
            {names[status]}
            {counts && <ChipCount>{formatNumber(counts[status], language)}</ChipCount>}
          </Link>
        ))}
      </nav>
      <SearchField
        key={filter.query}
        className={styles.place}
        label={texts.search}
        query={filter.query}
        onSearch={onSearch}
      />
    </div>
  )
}
