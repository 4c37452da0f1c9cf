import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatDate } from '../../lib/time.ts'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useShopFacts } from './queries.ts'
import styles from './shop-facts.module.css'
import { useModerationTexts } from './texts.ts'

/** Whose card it is. */
export function ShopFacts({ product }: { product: Product }) {
  const texts = useModerationTexts()
  const language = useLanguage()
  const { data: shop, isPending } = useShopFacts(product.shop_id)
  return (
    <section className={styles.shop} aria-labelledby="shop-facts-title">
      <h3 className={styles.title} id="shop-facts-title">
        <Icon name="shop" size={20} />
        {product.shop_name}
      </h3>
      {isPending && <Skeleton />}
      {shop === null && <p className={styles.line}>{texts.shop_not_public}</p>}
      {shop && (
        <>
          <p className={styles.line}>
            {texts.shop_cards(shop.products_count)} ·{' '}
            {texts.shop_since(formatDate(shop.created_at, language))}
          </p>
          {shop.description !== null && <p className={styles.about}>{shop.description}</p>}
          <p className={styles.line}>{[shop.phone, shop.address].filter(Boolean).join(' · ')}</p>
        </>
      )}
    </section>
  )
}
