import { usePlatform } from '../../api/platform.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import styles from './card-form.module.css'
import { categoryOptions } from './category-options.ts'
import { DESCRIPTION_MAX, type Draft, type DraftFaults, NAME_MAX } from './draft.ts'
import { useFaultText } from './fault-text.ts'
import { useCategoryList } from './queries.ts'
import { useCardTexts } from './texts.ts'

type AboutFieldsProps = {
  draft: Draft
  faults: DraftFaults
  /** What the server said about a field. */
  refused: (field: string) => string | undefined
  onChange: (part: Partial<Draft>) => void
}

/** Name, price, category, description. */
export function AboutFields({ draft, faults, refused, onChange }: AboutFieldsProps) {
  const texts = useCardTexts()
  const ui = useUiTexts()
  const faultText = useFaultText()
  const { currency } = usePlatform()
  const categories = useCategoryList()
  const left = DESCRIPTION_MAX - draft.description.length
  return (
    <section className={styles.section}>
      <h2>{texts.about}</h2>
      <TextField
        label={texts.name}
        name="name"
        value={draft.name}
        maxLength={NAME_MAX}
        hint={texts.name_hint}
        error={faultText(faults.name) ?? refused('name')}
        required
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div className={styles.pair}>
        <TextField
          label={texts.price(currency)}
          name="price"
          inputMode="decimal"
          autoComplete="off"
          value={draft.price}
          hint={texts.price_hint}
          error={faultText(faults.price) ?? refused('price')}
          required
          onChange={(event) => onChange({ price: event.target.value })}
        />
        <SelectField
          label={texts.category}
          name="category_id"
          optional={ui.optional}
          hint={texts.category_hint}
          value={draft.category_id === null ? '' : String(draft.category_id)}
          error={refused('category_id')}
          options={[{ value: '', label: texts.category_none }, ...categoryOptions(categories.data ?? [])]}
          onChange={(event) =>
            onChange({ category_id: event.target.value === '' ? null : Number(event.target.value) })
          }
        />
      </div>
      <TextArea
        label={texts.description}
        name="description"
        optional={ui.optional}
        rows={6}
        value={draft.description}
        hint={texts.description_hint(Math.max(0, left))}
        maxLength={DESCRIPTION_MAX}
        error={faultText(faults.description) ?? refused('description')}
        onChange={(event) => onChange({ description: event.target.value })}
      />
    </section>
  )
}
