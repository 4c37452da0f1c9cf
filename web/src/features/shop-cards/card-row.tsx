import { Link } from 'react-router'
import { srcSetOf } from '../../api/media.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Picture } from '../../ui/picture.tsx'
import styles from './card-row.module.css'
import { StatusBadge } from './status-badge.tsx'
import { useCardTexts } from './texts.ts'

/** One own card in a list: what it is, where it stands, what the moderator said. The whole row is the link. */
export function CardRow({ product }: { product: Product }) {
  const texts = useCardTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const figures = [
    texts.views(formatNumber(product.views_count, language)),
    texts.try_ons(formatNumber(product.try_ons_count, language)),
    texts.sold(formatNumber(product.purchases_count, language)),
  ]
  return (
    <li className={styles.row}>
      <Picture
        className={styles.picture}
        src={product.images[0]}
        srcSet={srcSetOf(product.images[0])}
        sizes="96px"
        alt=""
      />
      <Link className={styles.name} to={paths.shopProduct(product.id)}>
        {product.name}
      </Link>
      <div className={styles.state}>
        <StatusBadge product={product} />
      </div>
      <div className={styles.words}>
        <p className={styles.price}>{formatMoney(product.price, currency, language)}</p>
        {product.moderation_status === 'approved' && (
          <p className={styles.figures}>
            {figures.map((figure) => (
              <span key={figure}>{figure}</span>
            ))}
          </p>
        )}
        {product.moderation_status === 'rejected' && product.moderation_notes !== null && (
          <div className={styles.note}>
            <p className={styles.noteWords}>
              <span className={styles.noteWho}>{texts.moderator_note}:</span> {product.moderation_notes}
            </p>
          </div>
        )}
      </div>
    </li>
  )
}
