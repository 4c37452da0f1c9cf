import { Icon } from './icon.tsx'
import styles from './stars.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

const WHOLE = [1, 2, 3, 4, 5] as const

/** Stars to look at; `label` says the same in words. */
export function Stars({ rating, label, size = 16 }: { rating: number; label: string; size?: number }) {
  return (
    <span className={styles.stars}>
      {WHOLE.map((star) => (
        <span key={star} className={rating >= star - 0.25 ? styles.full : styles.empty}>
          <Icon name="star" size={size} filled={rating >= star - 0.25} />
        </span>
      ))}
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  )
}
