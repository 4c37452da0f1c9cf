import type { Product } from '../../api/types.ts'
import styles from './characteristics.module.css'
import { useCatalogTexts } from './texts.ts'

/** Free-form pairs of the shop (contract 0.4, Json); known keys are named in the reader's language. */
export function Characteristics({ characteristics }: { characteristics: Product['characteristics'] }) {
  const texts = useCatalogTexts()
  const rows = Object.entries(characteristics ?? {})
    .map(([key, value]) => ({ key, words: wordsOf(value) }))
    .filter((row) => row.words !== '')
  if (rows.length === 0) return null
  return (
    <section>
      <h2 className={styles.title}>{texts.characteristics}</h2>
      <dl className={styles.list}>
        {rows.map((row) => (
          <div key={row.key} className={styles.row}>
            <dt className={styles.key}>{texts.characteristic_names[row.key] ?? row.key}</dt>
            <dd>{row.words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
