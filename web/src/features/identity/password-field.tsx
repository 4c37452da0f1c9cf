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
}

export function PasswordField({ label, value, onChange, error, purpose }: PasswordFieldProps) {
  const texts = useIdentityTexts()
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  const hint =
    purpose === 'new' ? (
      <PasswordRule length={characterCount(value)} caps={caps} />
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

function PasswordRule({ length, caps }: { length: number; caps: boolean }) {
  const texts = useIdentityTexts()
  return (
    <>
      <progress
        className={styles.meter}
        max={PASSWORD_LENGTH_MIN}
        value={Math.min(length, PASSWORD_LENGTH_MIN)}
        data-enough={length >= PASSWORD_LENGTH_MIN || undefined}
        aria-label={texts.password_count(length)}
      />
      <p>{texts.password_rule}</p>
      {caps && <p>{texts.caps}</p>}
    </>
  )
}
