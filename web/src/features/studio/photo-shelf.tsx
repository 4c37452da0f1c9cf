import { useId } from 'react'
import { Picture } from '../../ui/picture.tsx'
import styles from './photo-shelf.module.css'

export type ShelfPhoto = { key: string; url: string; name: string }

type PhotoShelfProps = {
  title: string
  photos: readonly ShelfPhoto[]
  chosen: string | null
  onChoose: (photo: ShelfPhoto) => void
}

/** Pictures to choose from; radio buttons underneath, so that arrow keys walk along the row. */
export function PhotoShelf({ title, photos, chosen, onChoose }: PhotoShelfProps) {
  const name = useId()
  if (photos.length === 0) return null
  return (
    <fieldset className={styles.shelf}>
      <legend className={styles.title}>{title}</legend>
      <div className={styles.row}>
        {photos.map((photo) => (
          <label key={photo.key} className={styles.photo}>
            <input
              className={styles.radio}
              type="radio"
              name={name}
              aria-label={photo.name}
              checked={photo.url === chosen}
              onChange={() => onChoose(photo)}
            />
            <Picture src={photo.url} alt="" className={styles.frame} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
