import { type SyntheticEvent, useState } from 'react'
import { useUiTexts } from '../lib/i18n/ui-texts.ts'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import styles from './search-field.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

type SearchFieldProps = {
  label: string
  /** What is being searched for now; give it as `key` too when the address may change it. */
  query: string
  onSearch: (query: string) => void
  className?: string | undefined
}

/** A search within a list: Enter searches, the cross ends it. */
export function SearchField({ label, query, onSearch, className }: SearchFieldProps) {
  const ui = useUiTexts()
  const [typed, setTyped] = useState(query)
  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    onSearch(typed.trim())
  }
  return (
    <search className={className}>
      <form className={styles.search} onSubmit={submit}>
        <label className={styles.label}>
          <VisuallyHidden>{label}</VisuallyHidden>
          <span className={styles.icon}>
            <Icon name="search" size={18} />
          </span>
          <input
            className={styles.input}
            type="search"
            enterKeyHint="search"
            maxLength={200}
            value={typed}
            placeholder={label}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        {query !== '' && <IconButton icon="close" label={ui.search_clear} onClick={() => onSearch('')} />}
      </form>
    </search>
  )
}
