import { type ChangeEvent, useId } from 'react'
import { classNames } from '../lib/class-names.ts'
import styles from './file-button.module.css'
import { Icon } from './icon.tsx'

type FileButtonProps = {
  label: string
  icon: 'upload' | 'camera'
  primary?: boolean
  capture?: boolean
  busy: boolean
  onPick: (file: File) => void
}

/** A real file input under its label: keyboard, screen reader and `capture` work by themselves. */
export function FileButton({ label, icon, primary = false, capture = false, busy, onPick }: FileButtonProps) {
  const id = useId()
  function change(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0]
    // Emptied, so that the same file can be chosen again.
    event.target.value = ''
    if (file) onPick(file)
  }
  return (
    <span className={styles.fileButton}>
      <input
        id={id}
        className={styles.file}
        type="file"
        accept="image/*"
        disabled={busy}
        onChange={change}
        {...(capture ? { capture: 'environment' as const } : {})}
      />
      <label htmlFor={id} className={classNames(styles.face, primary && styles.primary)}>
        <Icon name={icon} size={20} />
        {label}
      </label>
    </span>
  )
}
