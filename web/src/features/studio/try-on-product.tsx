import { Link } from 'react-router'
import { srcSetOf } from '../../api/media.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Picture } from '../../ui/picture.tsx'
import { useStudioTexts } from './texts.ts'
import styles from './try-on-product.module.css'

/** The garment in little. */
export function TryOnProduct({ product }: { product: Product }) {
  const texts = useStudioTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return (
    <Link to={paths.product(product.id)} className={styles.product}>
      <Picture
        src={product.images[0]}
        srcSet={srcSetOf(product.images[0])}
        sizes="96px"
        alt=""
        className={styles.picture}
      />
      <span className={styles.words}>
        <span className={styles.kicker}>{texts.product}</span>
        <span className={styles.name}>{product.name}</span>
        <span className={styles.price}>
          {product.shop_name} · {formatMoney(product.price, currency, language)}
        </span>
      </span>
    </Link>
  )
}
