import { type KeyboardEvent, useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import styles from './password-field.module.css'
import { useIdentityTexts } from './texts.ts'
import { characterCount, PASSWORD_LENGTH_MIN } from './validation.ts'

type PasswordFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  /** `new` explains the rule and counts; `current` does neither. */
  purpose: 'current' | 'new'
  /** Fewest characters of a new one; fewer do beside a second factor (contract 2.1.2). */
  length_min?: number
}

export function PasswordField({
  label,
  value,
  onChange,
  error,
  purpose,
  length_min = PASSWORD_LENGTH_MIN,
}: PasswordFieldProps) {
  const texts = useIdentityTexts()
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  const hint =
    purpose === 'new' ? (
      <PasswordRule length={characterCount(value)} length_min={length_min} caps={caps} />
    ) : caps ? (
      texts.caps
    ) : undefined
  return (
    <TextField
      label={label}
      name="password"
      type={shown ? 'text' : 'password'}
      autoComplete={purpose === 'new' ? 'new-password' : 'current-password'}
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={256}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyUp={(event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))}
      error={error}
      hint={hint}
      trailing={
        <IconButton
          className={styles.eye}
          icon={shown ? 'eye_off' : 'eye'}
          label={shown ? texts.hide_password : texts.show_password}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      }
    />
  )
}

function PasswordRule({ length, length_min, caps }: { length: number; length_min: number; caps: boolean }) {
  const texts = useIdentityTexts()
  return (
    <>
      <progress
        className={styles.meter}
        max={length_min}
        value={Math.min(length, length_min)}
        data-enough={length >= length_min || undefined}
        aria-label={texts.password_count(length, length_min)}
      />
      <p>{texts.password_rule(length_min)}</p>
      {caps && <p>{texts.caps}</p>}
    </>
  )
}
