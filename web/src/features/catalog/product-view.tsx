import { productCan } from '../../api/can.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Stars } from '../../ui/stars.tsx'
import { Characteristics } from './characteristics.tsx'
import { Gallery } from './gallery.tsx'
import styles from './product-view.module.css'
import { useCatalogTexts } from './texts.ts'

export function ProductView({ product }: { product: Product }) {
  const texts = useCatalogTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return (
    <div className={styles.product}>
      <Gallery images={product.images} name={product.name} key={product.id} />
      <div className={styles.side}>
        <div className={styles.head}>
          <div className={styles.top}>
            <p className={styles.shop}>
              <Icon name="shop" size={18} />
              {product.shop_name}
            </p>
            <Rating product={product} />
          </div>
          <h1>{product.name}</h1>
          <p className={styles.money}>
            <span className={styles.price}>{formatMoney(product.price, currency, language)}</span>
            {product.try_ons_count > 0 && (
              <span className={styles.tried}>{texts.tried(product.try_ons_count)}</span>
            )}
          </p>
        </div>
        <TryOnCall product={product} />
        {product.description !== null && (
          <section>
            <h2 className={styles.title}>{texts.about}</h2>
            <p className={styles.about}>{product.description}</p>
          </section>
        )}
        <Characteristics characteristics={product.characteristics} />
      </div>
    </div>
  )
}

function Rating({ product }: { product: Product }) {
  const texts = useCatalogTexts()
  const language = useLanguage()
  if (product.reviews_count === 0) return null
  return (
    <a className={styles.rating} href="#reviews">
      <Stars
        rating={product.average_rating}
        label={texts.rating(formatNumber(product.average_rating, language, 1))}
      />
      {texts.reviews_count(product.reviews_count)}
    </a>
  )
}

function TryOnCall({ product }: { product: Product }) {
  const texts = useCatalogTexts()
  const verdict = productCan.tryOn(product)
  if (!verdict.allowed) {
    return (
      <Notice tone="info">
        {verdict.reason === 'no_pictures' ? texts.cannot_no_pictures : texts.cannot_not_listed}
      </Notice>
    )
  }
  return (
    <div className={styles.call}>
      <LinkButton kind="primary" size="large" icon="sparkle" wide to={paths.tryOn(product.id)}>
        {texts.try_on}
      </LinkButton>
      <p className={styles.callHint}>{texts.try_on_hint}</p>
    </div>
  )
}
