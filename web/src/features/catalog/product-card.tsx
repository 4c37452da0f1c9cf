import { Link } from 'react-router'
import { srcSetOf } from '../../api/media.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Picture } from '../../ui/picture.tsx'
import styles from './product-card.module.css'

/** Widths of a card in the grid of two, three and four columns. */
const SIZES = '(min-width: 1024px) 320px, (min-width: 640px) 33vw, 50vw'

/** One link: picture, name, shop, price. On a mouse the second picture shows. */
export function ProductCard({ product, eager = false }: { product: Product; eager?: boolean }) {
  const language = useLanguage()
  const { currency } = usePlatform()
  return (
    <Link to={paths.product(product.id)} className={styles.card}>
      <span className={styles.pictures}>
        <Picture
          src={product.images[0]}
          srcSet={srcSetOf(product.images[0])}
          sizes={SIZES}
          alt=""
          eager={eager}
        />
        {product.images[1] !== undefined && (
          <Picture
            src={product.images[1]}
            srcSet={srcSetOf(product.images[1])}
            sizes={SIZES}
            alt=""
            className={styles.second}
          />
        )}
      </span>
      <span className={styles.name}>{product.name}</span>
      <span className={styles.shop}>{product.shop_name}</span>
      <span className={styles.price}>{formatMoney(product.price, currency, language)}</span>
    </Link>
  )
}
