import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './product-view.module.css'

export function ProductSkeleton() {
  return (
    <div className={styles.product} aria-hidden="true">
      <Skeleton shape="picture" />
      <div className={styles.side}>
        <Skeleton shape="title" />
        <Skeleton />
        <Skeleton shape="block" />
      </div>
    </div>
  )
}
