import { type ChangeEvent, type DragEvent, useId, useState } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './photo-drop.module.css'
import { useStudioTexts } from './texts.ts'

/** A place to drop a photo, a file picker and, on phones, the camera. */
export function PhotoDrop({ busy, onPick }: { busy: boolean; onPick: (file: File) => void }) {
  const texts = useStudioTexts()
  const [over, setOver] = useState(false)

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onPick(file)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for the mouse; the buttons inside do the same
    <div
      className={classNames(styles.drop, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="image" size={40} />
      <p className={styles.title}>{busy ? texts.preparing : over ? texts.drop_now : texts.drop}</p>
      <p className={styles.or}>{texts.or_pick}</p>
      <div className={styles.buttons}>
        <FileButton label={texts.pick_file} icon="upload" primary busy={busy} onPick={onPick} />
        <span className={styles.camera}>
          <FileButton label={texts.take_photo} icon="camera" capture busy={busy} onPick={onPick} />
        </span>
      </div>
    </div>
  )
}

type FileButtonProps = {
  label: string
  icon: 'upload' | 'camera'
  primary?: boolean
  capture?: boolean
  busy: boolean
  onPick: (file: File) => void
}

/** A real file input under its label: keyboard, screen reader and `capture` work by themselves. */
function FileButton({ label, icon, primary = false, capture = false, busy, onPick }: FileButtonProps) {
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
