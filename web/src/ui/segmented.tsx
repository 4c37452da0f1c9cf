import { useId } from 'react'
import styles from './segmented.module.css'

export type Segment<Value extends string> = { value: Value; label: string; hint?: string }

type SegmentedProps<Value extends string> = {
  legend: string
  /** The legend is for listeners when the choice explains itself to the eye. */
  hideLegend?: boolean
  options: ReadonlyArray<Segment<Value>>
  value: Value
  onChange: (value: Value) => void
}

/** A choice of two to four; real radio buttons underneath, so arrow keys work. */
export function Segmented<Value extends string>({
  legend,
  hideLegend = false,
  options,
  value,
  onChange,
}: SegmentedProps<Value>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className={hideLegend ? styles.hiddenLegend : styles.legend}>{legend}</legend>
      <div className={styles.row}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              className={styles.input}
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className={styles.face} lang={option.hint === 'lang' ? option.value : undefined}>
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
