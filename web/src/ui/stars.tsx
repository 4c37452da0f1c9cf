import { Icon } from './icon.tsx'
import styles from './stars.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

const WHOLE = [1, 2, 3, 4, 5] as const

/** Stars to look at, filled as far as the rating goes; `label` says the same in words. */
export function Stars({ rating, label, size = 16 }: { rating: number; label: string; size?: number }) {
  return (
    <span className={styles.stars}>
      <span className={styles.empty}>
        <Row size={size} />
      </span>
      <span className={styles.full} style={{ width: `${(100 * rating) / WHOLE.length}%` }}>
        <Row size={size} />
      </span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  )
}

function Row({ size }: { size: number }) {
  return WHOLE.map((star) => <Icon key={star} name="star" size={size} filled />)
}
