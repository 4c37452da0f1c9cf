import type { Product } from '../../api/types.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ProductCard } from './product-card.tsx'
import styles from './product-grid.module.css'

/** Pictures above the fold are fetched at once: two rows of a phone, one of a wide screen. */
const EAGER = 4

export function ProductGrid({ products, label }: { products: readonly Product[]; label: string }) {
  return (
    <ul className={styles.grid} aria-label={label}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard product={product} eager={index < EAGER} />
        </li>
      ))}
    </ul>
  )
}

export function ProductGridSkeleton({ count }: { count: number }) {
  return (
    <div className={styles.grid}>
      {Array.from({ length: count }, (_, index) => (
        // A row of equal placeholders has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index}>
          <Skeleton shape="picture" />
          <Skeleton className={styles.wordOne} />
          <Skeleton className={styles.wordTwo} />
        </div>
      ))}
    </div>
  )
}
