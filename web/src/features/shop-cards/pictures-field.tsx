import { type ChangeEvent, type DragEvent, type KeyboardEvent, useId, useState } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { PICTURE_TYPES } from './check-picture.ts'
import { usePictureDrag } from './picture-drag.ts'
import { PictureTile, usePictureFault } from './picture-tile.tsx'
import { PictureTools } from './picture-tools.tsx'
import styles from './pictures-field.module.css'
import { useCardTexts } from './texts.ts'
import { type CardPicture, PICTURES_MAX, type Pictures } from './use-pictures.ts'

/** Choose, drop or take pictures, see them arrive, put them in order. */
export function PicturesField({ pictures: all, error }: { pictures: Pictures; error: string | undefined }) {
  const texts = useCardTexts()
  const id = useId()
  const { pictures, tooMany } = all
  const [chosen, setChosen] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const [said, setSaid] = useState('')
  const isFull = pictures.length >= PICTURES_MAX
  const selected = pictures.findIndex((picture) => picture.id === chosen)

  function move(from: number, to: number) {
    const place = Math.min(Math.max(to, 0), pictures.length - 1)
    if (place === from) return
    all.move(from, place)
    setSaid(texts.picture_moved(place + 1, pictures.length))
  }
  function remove(index: number) {
    const gone = pictures[index]
    if (!gone) return
    all.remove(gone.id)
    setSaid(texts.picture_removed(index + 1))
    if (chosen === gone.id) setChosen(null)
    // Focus goes to the neighbour, so that several can be removed one after the other.
    const neighbour = pictures[index + 1] ?? pictures[index - 1]
    requestAnimationFrame(() => focusPicture(neighbour, id))
  }
  const { grid, drag, start, wasDrag } = usePictureDrag(move)

  function onKey(event: KeyboardEvent, index: number) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      move(index, index + step)
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      remove(index)
    }
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    if (event.dataTransfer.files.length > 0) all.add([...event.dataTransfer.files])
  }

  return (
    <section
      className={classNames(styles.field, over && styles.over)}
      aria-labelledby={`${id}-title`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOver(false)
      }}
      onDrop={drop}
    >
      <div className={styles.head}>
        <h2 id={`${id}-title`}>{texts.pictures}</h2>
        <span className={styles.count}>{texts.pictures_count(pictures.length)}</span>
      </div>
      <p className={styles.hint} id={`${id}-hint`}>
        {texts.pictures_hint}
      </p>
      <ul className={classNames(styles.grid, pictures.length === 0 && styles.empty)} ref={grid}>
        {pictures.map((picture, index) => (
          <PictureTile
            key={picture.id}
            picture={picture}
            index={index}
            total={pictures.length}
            selected={picture.id === chosen}
            drag={drag}
            describedBy={`${id}-keys`}
            onGrab={(event) => start(event, index)}
            onPress={() => {
              if (!wasDrag()) setChosen(picture.id === chosen ? null : picture.id)
            }}
            onKey={(event) => onKey(event, index)}
            onRemove={() => remove(index)}
          />
        ))}
        {!isFull && (
          <li className={styles.add}>
            <AddTile id={`${id}-add`} over={over} describedBy={`${id}-hint`} onPick={all.add} />
          </li>
        )}
      </ul>
      <VisuallyHidden>
        <span id={`${id}-keys`}>{texts.picture_keys}</span>
        <span role="status">{said}</span>
      </VisuallyHidden>
      {pictures[selected] ? (
        <PictureTools
          picture={pictures[selected]}
          index={selected}
          total={pictures.length}
          onMove={(to) => move(selected, to)}
          onRemove={() => remove(selected)}
          onRetry={all.retry}
        />
      ) : (
        pictures.length > 1 && <p className={styles.hint}>{texts.picture_how}</p>
      )}
      <FailedPictures pictures={pictures} onRetry={all.retry} />
      {tooMany > 0 && (
        <Notice tone="warning" announce>
          {texts.pictures_too_many(tooMany)}
        </Notice>
      )}
      {isFull && tooMany === 0 && <p className={styles.hint}>{texts.pictures_full}</p>}
      {error !== undefined && (
        <Notice tone="danger" announce>
          {error}
        </Notice>
      )}
    </section>
  )
}

type AddTileProps = { id: string; over: boolean; describedBy: string; onPick: (files: File[]) => void }

function AddTile({ id, over, describedBy, onPick }: AddTileProps) {
  const texts = useCardTexts()
  return (
    <div className={styles.addFace}>
      <Icon name="image" size={30} />
      <span className={styles.dropWords}>{over ? texts.pictures_drop_now : texts.pictures_drop}</span>
      <FileInput
        id={id}
        label={texts.pictures_pick}
        icon="plus"
        multiple
        describedBy={describedBy}
        onPick={onPick}
      />
      <span className={styles.camera}>
        <FileInput
          id={`${id}-camera`}
          label={texts.pictures_camera}
          icon="camera"
          capture
          describedBy={describedBy}
          onPick={onPick}
        />
      </span>
    </div>
  )
}

type FileInputProps = {
  id: string
  label: string
  icon: 'plus' | 'camera'
  multiple?: boolean
  capture?: boolean
  describedBy: string
  onPick: (files: File[]) => void
}

/** A real file input under its label: keyboard, screen reader and `capture` work by themselves. */
function FileInput({
  id,
  label,
  icon,
  multiple = false,
  capture = false,
  describedBy,
  onPick,
}: FileInputProps) {
  function change(event: ChangeEvent<HTMLInputElement>) {
    const files = [...(event.target.files ?? [])]
    // Emptied, so that the same file can be chosen again.
    event.target.value = ''
    if (files.length > 0) onPick(files)
  }
  return (
    <span className={styles.fileButton}>
      <input
        id={id}
        className={styles.file}
        type="file"
        accept={PICTURE_TYPES}
        multiple={multiple}
        aria-describedby={describedBy}
        onChange={change}
        {...(capture ? { capture: 'environment' as const } : {})}
      />
      <label htmlFor={id} className={styles.fileFace}>
        <Icon name={icon} size={18} />
        {label}
      </label>
    </span>
  )
}

function FailedPictures({
  pictures,
  onRetry,
}: {
  pictures: readonly CardPicture[]
  onRetry: (picture: CardPicture) => void
}) {
  return pictures.map((picture, index) =>
    picture.state === 'failed' ? (
      <FailedNotice key={picture.id} picture={picture} index={index} onRetry={() => onRetry(picture)} />
    ) : null,
  )
}

type FailedNoticeProps = { picture: CardPicture & { state: 'failed' }; index: number; onRetry: () => void }

function FailedNotice({ picture, index, onRetry }: FailedNoticeProps) {
  const texts = useCardTexts()
  const faultText = usePictureFault()
  return (
    <Notice
      tone="danger"
      announce
      action={
        picture.file && (
          <Button size="small" icon="upload" onClick={onRetry}>
            {texts.picture_retry}
          </Button>
        )
      }
    >
      {index + 1}. {picture.name} — {faultText(picture.fault)}
    </Notice>
  )
}

function focusPicture(picture: CardPicture | undefined, id: string) {
  const tile = picture && document.querySelector<HTMLElement>(`[data-picture="${CSS.escape(picture.id)}"]`)
  const next = tile ?? document.getElementById(`${id}-add`)
  next?.focus()
}
