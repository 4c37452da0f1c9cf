import { type SyntheticEvent, useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, fieldProblem } from '../../api/problem.ts'
import type { Product, Shop } from '../../api/types.ts'
import { AboutFields } from './about-fields.tsx'
import styles from './card-form.module.css'
import { CharacteristicsField } from './characteristics-field.tsx'
import { type Draft, draftOf, EMPTY_DRAFT, faultsOf, isSound } from './draft.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { PicturesField } from './pictures-field.tsx'
import { SubmitPanel } from './submit-panel.tsx'
import { isUnderway, keptUrls, usePictures } from './use-pictures.ts'
import { useSaveCard } from './use-save-card.ts'

type CardFormProps = {
  /** The card that is changed; null for a new one. */
  product: Product | null
  shop: Shop
  onSaved: (product: Product) => void
  /** Reads the card anew and starts over with it. */
  onReload: () => void
}

export function CardForm({ product: given, shop, onSaved, onReload }: CardFormProps) {
  // What the edits are made on. When the card changes elsewhere meanwhile, the server says so and the person decides.
  const [product] = useState(given)
  const [draft, setDraft] = useState<Draft>(() => (product ? draftOf(product) : EMPTY_DRAFT))
  const [isShowingFaults, setShowingFaults] = useState(false)
  const pictures = usePictures(product?.images ?? [])
  const form = useRef<HTMLFormElement>(null)
  const urls = keptUrls(pictures.pictures)
  const save = useSaveCard({ product, draft, urls, onSaved })
  const faults = faultsOf(draft)
  const shown = isShowingFaults ? faults : { rows: {} }
  const hasPicturesOpen =
    isUnderway(pictures.pictures) || pictures.pictures.some(({ state }) => state === 'failed')
  const isDirty = save.isChanged || hasPicturesOpen

  const dirty = useRef(false)
  useEffect(() => {
    dirty.current = isDirty && !save.isDone
  }, [isDirty, save.isDone])
  const wouldLose = useCallback(() => dirty.current, [])
  const refusals = useFocusOnRefusal(form, save.error)

  function change(part: Partial<Draft>) {
    setDraft((before) => ({ ...before, ...part }))
  }
  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    setShowingFaults(true)
    if (!isSound(faults)) {
      requestAnimationFrame(() => focusFirstInvalid(form.current))
      return
    }
    save.submit(forget)
  }
  /** The page is left right after this, and nothing is lost then. */
  function forget() {
    dirty.current = false
  }

  return (
    <form className={styles.form} ref={form} onSubmit={submit} noValidate>
      <div className={styles.main}>
        <PicturesField pictures={pictures} error={refusals.pictures} />
        <AboutFields
          draft={draft}
          faults={shown}
          refused={(field) => fieldProblem(save.error, field)}
          onChange={change}
        />
        <CharacteristicsField
          rows={draft.rows}
          faults={shown.rows}
          error={fieldProblem(save.error, 'characteristics')}
          onChange={(rows) => change({ rows })}
        />
      </div>
      <SubmitPanel
        product={product}
        shop={shop}
        save={save}
        pictures={pictures.pictures}
        hasFaults={isShowingFaults && !isSound(faults)}
        onLeave={forget}
        onReload={() => {
          forget()
          onReload()
        }}
      />
      <LeaveGuard isDirty={wouldLose} />
    </form>
  )
}

/** After the server refused a field, the reader starts at that field. */
function useFocusOnRefusal(form: { current: HTMLFormElement | null }, error: unknown) {
  useEffect(() => {
    if (error instanceof ApiProblem && error.errors.length > 0) focusFirstInvalid(form.current)
  }, [error, form])
  const pictures =
    error instanceof ApiProblem
      ? error.errors.find(({ field }) => /^image(s|_urls)\b/.test(field))?.message
      : undefined
  return { pictures }
}

function focusFirstInvalid(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
