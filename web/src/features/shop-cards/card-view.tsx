import { srcSetOf } from '../../api/media.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { formatDate } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Picture } from '../../ui/picture.tsx'
import { CardState } from './card-state.tsx'
import styles from './card-view.module.css'
import { categoryPath } from './category-options.ts'
import { DeleteCard } from './delete-card.tsx'
import { rowsOf } from './draft.ts'
import { useCategoryList } from './queries.ts'
import { useCardTexts } from './texts.ts'

/** One own card: where it stands, what it says, how it does. */
export function CardView({ product, onDeleted }: { product: Product; onDeleted: () => void }) {
  const texts = useCardTexts()
  const isRejected = product.moderation_status === 'rejected'
  return (
    <div className={styles.card}>
      <div className={styles.main}>
        <CardState product={product} />
        <ul className={styles.pictures} aria-label={texts.pictures}>
          {product.images.map((image, index) => (
            <li key={image}>
              <Picture
                src={image}
                srcSet={srcSetOf(image)}
                sizes="(min-width: 768px) 180px, 30vw"
                alt={texts.picture(index + 1, product.images.length)}
                className={styles.picture}
              />
            </li>
          ))}
        </ul>
        {product.images.length === 0 && <p className={styles.quiet}>{texts.pictures_none}</p>}
      </div>
      <div className={styles.side}>
        <div className={styles.actions}>
          <LinkButton kind="primary" icon="edit" to={paths.shopEditProduct(product.id)}>
            {isRejected ? texts.fix : texts.edit}
          </LinkButton>
          {product.moderation_status === 'approved' && product.is_active && (
            <LinkButton icon="eye" to={paths.product(product.id)}>
              {texts.open_public}
            </LinkButton>
          )}
          <DeleteCard product={product} onDeleted={onDeleted} />
        </div>
        <Facts product={product} />
        <Figures product={product} />
      </div>
    </div>
  )
}

function Facts({ product }: { product: Product }) {
  const texts = useCardTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const categories = useCategoryList()
  const facts = [
    [texts.price(currency), formatMoney(product.price, currency, language)],
    [texts.category, categoryPath(categories.data ?? [], product.category_id) ?? texts.category_none],
    ...rowsOf(product.characteristics).map(({ key, value }) => [texts.key_names[key] ?? key, value]),
  ]
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{texts.facts}</h2>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {product.description !== null && <p className={styles.about}>{product.description}</p>}
      <p className={styles.quiet}>{texts.changed(formatDate(product.updated_at, language))}</p>
    </section>
  )
}

function Figures({ product }: { product: Product }) {
  const texts = useCardTexts()
  const language = useLanguage()
  const figures = [
    [texts.figure_views, product.views_count],
    [texts.figure_try_ons, product.try_ons_count],
    [texts.figure_sold, product.purchases_count],
  ] as const
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{texts.figures}</h2>
      <dl className={styles.figures}>
        {figures.map(([name, count]) => (
          <div key={name} className={styles.figure}>
            <dt>{name}</dt>
            <dd>{formatNumber(count, language)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
