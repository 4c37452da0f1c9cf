import type { Setting } from '../../api/types.ts'
import { TextField } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './change-dialog.module.css'
import { unitText, valueText } from './setting-value.ts'
import { useSpeech } from './use-speech.ts'

type ValueFieldProps = {
  setting: Setting
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

/** The input that fits the type: a switch, or a number with its unit, range and default. */
export function ValueField({ setting, value, onChange, error }: ValueFieldProps) {
  const speech = useSpeech()
  const { texts } = speech
  const said = (stored: string) => valueText(setting, stored, speech)
  if (setting.type === 'bool') {
    return (
      <div>
        <Segmented
          legend={texts.new_value}
          options={['true', 'false'].map((one) => ({ value: one, label: said(one) }))}
          value={value}
          onChange={onChange}
        />
        <p className={styles.usual}>{texts.usually(said(setting.default))}</p>
      </div>
    )
  }
  const { min, max } = setting
  return (
    <TextField
      label={texts.new_value}
      inputMode="decimal"
      autoComplete="off"
      maxLength={12}
      className={styles.number}
      value={value}
      trailing={<span className={styles.unit}>{unitText(setting, speech)}</span>}
      hint={texts.range(said(String(min)), said(String(max)), said(setting.default))}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
