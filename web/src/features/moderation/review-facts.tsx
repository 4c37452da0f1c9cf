import { usePlatform } from '../../api/platform.ts'
import type { Category, Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { formatMoment } from '../../lib/time.ts'
import { useCategoryNames } from './queries.ts'
import styles from './review-facts.module.css'
import { useModerationTexts } from './texts.ts'

/** Everything the shop has said about the thing, nothing left out. */
export function ReviewFacts({ product }: { product: Product }) {
  const texts = useModerationTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const categories = useCategoryNames()
  const rows = [
    [texts.category, pathOf(categories.data ?? [], product.category_id) ?? texts.category_none],
    [texts.submitted, formatMoment(product.created_at, language)],
    ...(product.updated_at === product.created_at
      ? []
      : [[texts.changed, formatMoment(product.updated_at, language)]]),
    [texts.number, String(product.id)],
  ]
  const characteristics = Object.entries(product.characteristics ?? {})
  return (
    <div className={styles.facts}>
      <p className={styles.price}>{formatMoney(product.price, currency, language)}</p>
      <section>
        <h3 className={styles.title}>{texts.description}</h3>
        <p className={product.description === null ? styles.none : styles.about}>
          {product.description ?? texts.no_description}
        </p>
      </section>
      {characteristics.length > 0 && (
        <section>
          <h3 className={styles.title}>{texts.characteristics}</h3>
          <dl className={styles.rows}>
            {characteristics.map(([key, value]) => (
              <div key={key} className={styles.row}>
                <dt>{texts.key_names[key] ?? key}</dt>
                <dd>{wordsOf(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <h3 className={styles.title}>{texts.facts}</h3>
        <dl className={styles.rows}>
          {rows.map(([name, value]) => (
            <div key={name} className={styles.row}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

function pathOf(categories: readonly Category[], category_id: number | null): string | null {
  const names: string[] = []
  let next = category_id
  // The length guards against a cycle that the server would never send.
  while (next !== null && names.length <= categories.length) {
    const category = categories.find((one) => one.id === next)
    if (!category) break
    names.unshift(category.name)
    next = category.parent_id
  }
  return names.length === 0 ? null : names.join(' → ')
}

/** A moderator sees also what the catalogue would leave out. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
