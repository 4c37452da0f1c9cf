import { Checkbox as Base } from '@base-ui/react/checkbox'
import { type ReactNode, useId } from 'react'
import styles from './checkbox.module.css'
import { Icon } from './icon.tsx'

type CheckboxProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
  error?: string | undefined
  name?: string
}

export function Checkbox({ checked, onChange, children, error, name }: CheckboxProps) {
  const id = useId()
  return (
    <div>
      {/* The whole line is the target. */}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: Base UI renders the real input inside */}
      <label className={styles.line}>
        <Base.Root
          className={styles.box}
          checked={checked}
          onCheckedChange={(next) => onChange(next)}
          aria-describedby={error === undefined ? undefined : id}
          {...(name === undefined ? {} : { name })}
        >
          <Base.Indicator className={styles.mark}>
            <Icon name="check" size={16} />
          </Base.Indicator>
        </Base.Root>
        <span className={styles.words}>{children}</span>
      </label>
      {error !== undefined && (
        <p className={styles.error} id={id} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
