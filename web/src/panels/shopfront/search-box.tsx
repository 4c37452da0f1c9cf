import { type SyntheticEvent, useEffect, useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { paths, patterns } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { useShellTexts } from '../shell/texts.ts'
import styles from './search-box.module.css'

/** Search over the whole catalogue, from every page. Keeps the other filters while one is in the catalogue. */
export function SearchBox() {
  const texts = useShellTexts()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [search] = useSearchParams()
  const inCatalog = pathname === patterns.catalog
  const current = inCatalog ? (search.get('query') ?? '') : ''
  const [words, setWords] = useState(current)
  useEffect(() => setWords(current), [current])

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    const next = new URLSearchParams(inCatalog ? search : undefined)
    const trimmed = words.trim()
    if (trimmed === '') next.delete('query')
    else next.set('query', trimmed)
    void navigate(`${paths.catalog()}${next.size > 0 ? `?${next}` : ''}`)
  }

  return (
    <search className={styles.search}>
      <form className={styles.form} onSubmit={submit}>
        <span className={styles.icon}>
          <Icon name="search" size={20} />
        </span>
        <input
          className={styles.input}
          type="search"
          name="query"
          enterKeyHint="search"
          autoComplete="off"
          maxLength={200}
          aria-label={texts.search}
          placeholder={texts.search}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </form>
    </search>
  )
}
