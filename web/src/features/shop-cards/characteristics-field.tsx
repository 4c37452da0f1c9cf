import { useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { IconButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './characteristics-field.module.css'
import { CHARACTERISTICS_MAX, type CharacteristicRow, type DraftFault, KNOWN_KEYS } from './draft.ts'
import { useFaultText } from './fault-text.ts'
import { useCardTexts } from './texts.ts'

type CharacteristicsFieldProps = {
  rows: readonly CharacteristicRow[]
  faults: Record<string, DraftFault>
  error: string | undefined
  onChange: (rows: CharacteristicRow[]) => void
}

/** Pairs of name and value. The usual names are offered; a name of one's own may be typed. */
export function CharacteristicsField({ rows, faults, error, onChange }: CharacteristicsFieldProps) {
  const texts = useCardTexts()
  const made = useRef(0)
  const list = useRef<HTMLUListElement>(null)
  const offered = KNOWN_KEYS.filter((key) => !rows.some((row) => row.key === key))
  const isFull = rows.length >= CHARACTERISTICS_MAX

  function add(key: string) {
    made.current += 1
    // Written at once, so that the very next key already lands in the new field.
    flushSync(() =>
      onChange([...rows, { id: `${key === '' ? 'own' : 'new'}-${made.current}`, key, value: '' }]),
    )
    list.current?.querySelector<HTMLElement>('li:last-child input')?.focus()
  }
  function change(id: string, part: Partial<CharacteristicRow>) {
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  }

  return (
    <section className={styles.field}>
      <h2>{texts.characteristics}</h2>
      <p className={styles.hint}>{texts.characteristics_hint}</p>
      {rows.length > 0 && (
        <ul className={styles.rows} ref={list}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              fault={faults[row.id]}
              onChange={(part) => change(row.id, part)}
              onRemove={() => onChange(rows.filter((one) => one.id !== row.id))}
            />
          ))}
        </ul>
      )}
      {!isFull && (
        <div className={styles.offers}>
          {offered.map((key) => (
            <Chip key={key} onClick={() => add(key)}>
              + {texts.key_names[key]}
            </Chip>
          ))}
          <Chip onClick={() => add('')}>+ {texts.add_own}</Chip>
        </div>
      )}
      {error !== undefined && (
        <Notice tone="danger" announce>
          {error}
        </Notice>
      )}
    </section>
  )
}

type RowProps = {
  row: CharacteristicRow
  fault: DraftFault | undefined
  onChange: (part: Partial<CharacteristicRow>) => void
  onRemove: () => void
}

function Row({ row, fault, onChange, onRemove }: RowProps) {
  const texts = useCardTexts()
  const faultText = useFaultText()
  const id = useId()
  const known = texts.key_names[row.key]
  const isKnown = known !== undefined && !row.id.startsWith('own-')
  const values = texts.key_values[row.key] ?? []
  return (
    <li className={styles.row}>
      <div className={isKnown ? styles.one : styles.two}>
        {!isKnown && (
          <TextField
            label={texts.own_key}
            value={row.key}
            maxLength={60}
            error={faultText(fault)}
            onChange={(event) => onChange({ key: event.target.value })}
          />
        )}
        <TextField
          label={isKnown ? known : texts.own_value}
          value={row.value}
          maxLength={500}
          placeholder={texts.key_examples[row.key] ?? ''}
          error={isKnown ? faultText(fault) : undefined}
          {...(values.length > 0 ? { list: `${id}-values` } : {})}
          onChange={(event) => onChange({ value: event.target.value })}
        />
        {values.length > 0 && (
          <datalist id={`${id}-values`}>
            {values.map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        )}
      </div>
      <IconButton
        className={styles.remove}
        icon="trash"
        label={texts.remove_row(known ?? (row.key || texts.own_key))}
        onClick={onRemove}
      />
    </li>
  )
}
