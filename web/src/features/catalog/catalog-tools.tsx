import { type SyntheticEvent, useState } from 'react'
import { usePlatform } from '../../api/platform.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import styles from './catalog-tools.module.css'
import { type Filters, SORTS } from './filters.ts'
import { useCatalogTexts } from './texts.ts'

type CatalogToolsProps = { filters: Filters; onChange: (filters: Filters) => void; closeLabel: string }

/** Sort and price. */
export function CatalogTools({ filters, onChange, closeLabel }: CatalogToolsProps) {
  const texts = useCatalogTexts()
  const [open, setOpen] = useState(false)
  const names = {
    newest: texts.sort_newest,
    cheap: texts.sort_cheap,
    dear: texts.sort_dear,
    popular: texts.sort_popular,
  }
  return (
    <div className={styles.tools}>
      <Button size="small" icon="filter" onClick={() => setOpen(true)}>
        {texts.price}
      </Button>
      <SelectField
        compact
        hideLabel
        label={texts.sort}
        value={filters.sort}
        options={SORTS.map((sort) => ({ value: sort, label: names[sort] }))}
        onChange={(event) =>
          onChange({ ...filters, sort: SORTS.find((sort) => sort === event.target.value) ?? 'newest' })
        }
      />
      <Dialog open={open} onOpenChange={setOpen} title={texts.price} closeLabel={closeLabel}>
        <PriceForm
          filters={filters}
          onChange={(next) => {
            setOpen(false)
            onChange(next)
          }}
        />
      </Dialog>
    </div>
  )
}

function PriceForm({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const texts = useCatalogTexts()
  const { currency } = usePlatform()
  const [error, setError] = useState<string>()

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const from = priceOf(form.get('min_price'))
    const to = priceOf(form.get('max_price'))
    if (from !== null && to !== null && from > to) return setError(texts.price_order)
    const { min_price: _from, max_price: _to, ...others } = filters
    onChange({
      ...others,
      ...(from === null ? {} : { min_price: from }),
      ...(to === null ? {} : { max_price: to }),
    })
  }

  return (
    <form className={styles.price} onSubmit={submit} noValidate>
      <div className={styles.pair}>
        <TextField
          label={`${texts.price_from}, ${currency}`}
          name="min_price"
          inputMode="decimal"
          defaultValue={filters.min_price}
          error={error}
        />
        <TextField
          label={`${texts.price_to}, ${currency}`}
          name="max_price"
          inputMode="decimal"
          defaultValue={filters.max_price}
        />
      </div>
      <Button type="submit" kind="primary" wide>
        {texts.apply}
      </Button>
    </form>
  )
}

/** A positive amount from what was typed, comma or point; null when there is none. */
function priceOf(typed: FormDataEntryValue | null): number | null {
  const value = Number(
    String(typed ?? '')
      .replace(/\s/g, '')
      .replace(',', '.'),
  )
  return Number.isFinite(value) && value > 0 ? value : null
}
