import type { ReactNode } from 'react'
import styles from './chip.module.css'

/** Class of a chip, for links; a chosen link carries `aria-current`. */
export const chipClass = styles.chip

export function ChipCount({ children }: { children: ReactNode }) {
  return <span className={styles.count}>{children}</span>
}

/** A word that can be switched on or dropped into a text. */
export function Chip({
  children,
  pressed,
  onClick,
}: {
  children: ReactNode
  pressed?: boolean
  onClick: () => void
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onClick}>
      {children}
    </button>
  )
}
