import { type DragEvent, useState } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { FileButton } from '../../ui/file-button.tsx'
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
