import { type SyntheticEvent, useState } from 'react'
import { Link } from 'react-router'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { IconButton } from '../../ui/button.tsx'
import { ChipCount, chipClass } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
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
      <SearchForm key={filter.query} query={filter.query} onSearch={onSearch} />
    </div>
  )
}

function SearchForm({ query, onSearch }: { query: string; onSearch: (query: string) => void }) {
  const texts = useCardTexts()
  const [typed, setTyped] = useState(query)
  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    onSearch(typed.trim())
  }
  return (
    <search className={styles.place}>
      <form className={styles.search} onSubmit={submit}>
        <label htmlFor="card-search">
          <VisuallyHidden>{texts.search}</VisuallyHidden>
          <Icon name="search" size={18} />
        </label>
        <input
          id="card-search"
          className={styles.input}
          type="search"
          enterKeyHint="search"
          maxLength={200}
          value={typed}
          placeholder={texts.search}
          onChange={(event) => setTyped(event.target.value)}
        />
        {query !== '' && <IconButton icon="close" label={texts.search_clear} onClick={() => onSearch('')} />}
      </form>
    </search>
  )
}
