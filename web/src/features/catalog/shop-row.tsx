import type { Product } from '../../api/types.ts'
import styles from './newest-row.module.css'
import { ProductGrid } from './product-grid.tsx'
import { useFewProducts } from './queries.ts'
import { useCatalogTexts } from './texts.ts'

const SHOWN = 4

/** Other things of the same shop; simply absent when there are none. */
export function ShopRow({ product }: { product: Product }) {
  const texts = useCatalogTexts()
  const few = useFewProducts({ limit: SHOWN + 1, shop_id: product.shop_id })
  const others = (few.data?.products ?? []).filter((other) => other.id !== product.id).slice(0, SHOWN)
  if (others.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="shop-row-title">
      <h2 id="shop-row-title">{texts.more_from_shop}</h2>
      <ProductGrid products={others} label={texts.more_from_shop} />
    </section>
  )
}
