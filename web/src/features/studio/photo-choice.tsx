import { useEffect, useState } from 'react'
import { preparePhoto } from '../../lib/photo.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './photo-choice.module.css'
import { PhotoDrop } from './photo-drop.tsx'
import { PhotoShelf } from './photo-shelf.tsx'
import type { PhotoSource } from './photo-source.ts'
import { PhotoTips } from './photo-tips.tsx'
import { useMyPhotos, useSamplePeople } from './queries.ts'
import { useStudioTexts } from './texts.ts'

const OLD_PHOTOS_SHOWN = 8

type PhotoChoiceProps = { photo: PhotoSource | null; onChange: (photo: PhotoSource | null) => void }

/** Every way to say which photo: a new one, one from before, or a person to borrow. */
export function PhotoChoice({ photo, onChange }: PhotoChoiceProps) {
  const texts = useStudioTexts()
  const mine = useMyPhotos()
  const samples = useSamplePeople()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const preview = photo?.kind === 'file' ? photo.preview : null
  useEffect(() => (preview === null ? undefined : () => URL.revokeObjectURL(preview)), [preview])

  async function pick(file: File) {
    setBusy(true)
    setRefusal(null)
    const prepared = await preparePhoto(file)
    setBusy(false)
    if (!prepared.ok) return setRefusal(texts[prepared.reason])
    onChange({ kind: 'file', file: prepared.file, preview: URL.createObjectURL(prepared.file) })
  }

  const chosen = photo?.kind === 'stored' ? photo.url : null
  return (
    <section className={styles.choice} aria-labelledby="photo-title">
      <h2 id="photo-title">{texts.choose_photo}</h2>
      {photo ? (
        <div className={styles.chosen}>
          <img className={styles.image} src={photo.preview} alt={texts.chosen_photo} />
          <Button className={styles.change} size="small" icon="image" onClick={() => onChange(null)}>
            {texts.change_photo}
          </Button>
        </div>
      ) : (
        <PhotoDrop busy={busy} onPick={(file) => void pick(file)} />
      )}
      {refusal !== null && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
      <PhotoShelf
        title={texts.my_photos}
        photos={(mine.data ?? []).slice(0, OLD_PHOTOS_SHOWN).map((one, index) => ({
          key: String(one.id),
          url: one.url,
          name: texts.photo_number(index + 1),
        }))}
        chosen={chosen}
        onChoose={({ url }) => onChange({ kind: 'stored', url, preview: url, own: true })}
      />
      <PhotoShelf
        title={texts.samples}
        photos={(samples.data ?? []).map((one) => ({
          key: String(one.id),
          url: one.url,
          name: texts.sample_named(one.name),
        }))}
        chosen={chosen}
        onChoose={({ url }) => onChange({ kind: 'stored', url, preview: url, own: false })}
      />
      {!photo && <PhotoTips />}
    </section>
  )
}
