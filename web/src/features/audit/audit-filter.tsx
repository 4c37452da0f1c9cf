import type { SyntheticEvent } from 'react'
import { useWide } from '../../lib/use-wide.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './audit-filter.module.css'
import { type AuditFilter, countOf, filterFrom } from './filters.ts'
import { useAuditTexts } from './texts.ts'

type AuditFilterFormProps = {
  filter: AuditFilter
  /** What the server found wrong with the last day. */
  periodProblem: string | undefined
  onFilter: (filter: AuditFilter) => void
}

/** All filters at once, sent together; on phones they are folded away. */
export function AuditFilterForm(props: AuditFilterFormProps) {
  const texts = useAuditTexts()
  const isWide = useWide()
  const count = countOf(props.filter)
  // What the address says now is what the fields begin with.
  const fields = <Fields key={JSON.stringify(props.filter)} {...props} />
  if (isWide) return fields
  return (
    <details className={styles.folded}>
      <summary className={styles.summary}>
        <Icon name="filter" size={20} />
        {count === 0 ? texts.filters : texts.filters_on(count)}
      </summary>
      {fields}
    </details>
  )
}

function Fields({ filter, periodProblem, onFilter }: AuditFilterFormProps) {
  const texts = useAuditTexts()
  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    const entered = new URLSearchParams()
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string') entered.set(name, value.trim())
    }
    onFilter(filterFrom(entered))
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <SelectField
        label={texts.action}
        name="action"
        className={styles.action}
        defaultValue={filter.action ?? ''}
        options={withChosen(
          texts.action_any,
          filter.action,
          texts.actions,
          ([code, words]) => `${words} · ${code}`,
        )}
      />
      <SelectField
        label={texts.actor_type}
        name="actor_type"
        defaultValue={filter.actor_type ?? ''}
        options={[
          { value: '', label: texts.actor_any },
          { value: 'user', label: texts.actor_user },
          { value: 'shop', label: texts.actor_shop },
        ]}
      />
      <NumberField label={texts.actor_id} name="actor_id" value={filter.actor_id} />
      <SelectField
        label={texts.entity_type}
        name="entity_type"
        defaultValue={filter.entity_type ?? ''}
        options={withChosen(texts.entity_any, filter.entity_type, texts.entities, ([, words]) => words)}
      />
      <NumberField label={texts.entity_id} name="entity_id" value={filter.entity_id} />
      <div className={styles.day}>
        <TextField type="date" label={texts.from} name="from" defaultValue={filter.from ?? ''} />
      </div>
      <div className={styles.day}>
        <TextField
          type="date"
          label={texts.to}
          name="to"
          defaultValue={filter.to ?? ''}
          error={periodProblem}
        />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" icon="search">
          {texts.apply}
        </Button>
        {countOf(filter) > 0 && (
          <Button kind="quiet" onClick={() => onFilter(filterFrom(new URLSearchParams()))}>
            {texts.reset}
          </Button>
        )}
      </div>
    </form>
  )
}

function NumberField({ label, name, value }: { label: string; name: string; value: number | null }) {
  return (
    <TextField
      label={label}
      name={name}
      inputMode="numeric"
      pattern="[1-9][0-9]{0,15}"
      autoComplete="off"
      defaultValue={value ?? ''}
    />
  )
}

/** Known words first; what the address asks for is there even when nobody knows a word for it. */
function withChosen(
  any: string,
  chosen: string | null,
  known: Record<string, string>,
  label: (entry: [string, string]) => string,
) {
  const options = Object.entries(known).map((entry) => ({ value: entry[0], label: label(entry) }))
  const isKnown = chosen === null || known[chosen] !== undefined
  return [{ value: '', label: any }, ...options, ...(isKnown ? [] : [{ value: chosen, label: chosen }])]
}
