import { TextField } from '../../ui/field.tsx'
import styles from './code-field.module.css'

type CodeFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  onFull?: (code: string) => void
}

const DIGITS = 6

/** Six digits in one input: pasting and the phone's own suggestion work, and a screen reader hears one field. */
export function CodeField({ label, value, onChange, error, onFull }: CodeFieldProps) {
  return (
    <TextField
      className={styles.code}
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]*"
      required
      value={value}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, '').slice(0, DIGITS)
        onChange(digits)
        if (digits.length === DIGITS && digits !== value) onFull?.(digits)
      }}
      error={error}
    />
  )
}
