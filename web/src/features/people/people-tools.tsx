import { SelectField } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { type PeopleFilter, ROLES, SORTS, STATES } from './filters.ts'
import styles from './people-tools.module.css'
import { usePeopleTexts } from './texts.ts'

type PeopleToolsProps = { filter: PeopleFilter; onFilter: (filter: PeopleFilter) => void }

/** Search, role, state and order; whatever changes leads back to the first page. */
export function PeopleTools({ filter, onFilter }: PeopleToolsProps) {
  const texts = usePeopleTexts()
  const narrow = (change: Partial<PeopleFilter>) => onFilter({ ...filter, page: 1, ...change })
  return (
    <div className={styles.tools}>
      <SearchField
        key={filter.query}
        className={styles.search}
        label={texts.search}
        query={filter.query}
        onSearch={(query) => narrow({ query })}
      />
      <SelectField
        compact
        hideLabel
        label={texts.filter_role}
        value={filter.role ?? ''}
        options={[
          { value: '', label: texts.role_any },
          ...ROLES.map((role) => ({ value: role, label: texts[`role_${role}`] })),
        ]}
        onChange={({ target }) => narrow({ role: ROLES.find((role) => role === target.value) ?? null })}
      />
      <SelectField
        compact
        hideLabel
        label={texts.filter_state}
        value={filter.state ?? ''}
        options={[
          { value: '', label: texts.state_any },
          ...STATES.map((state) => ({ value: state, label: texts[`state_${state}`] })),
        ]}
        onChange={({ target }) => narrow({ state: STATES.find((state) => state === target.value) ?? null })}
      />
      <SelectField
        compact
        hideLabel
        label={texts.sort}
        value={filter.sort}
        options={SORTS.map((sort) => ({ value: sort, label: texts.sorts[sort] }))}
        onChange={({ target }) => narrow({ sort: SORTS.find((sort) => sort === target.value) ?? 'newest' })}
      />
    </div>
  )
}
