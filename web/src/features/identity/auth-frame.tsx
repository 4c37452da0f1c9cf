import type { ReactNode } from 'react'
import styles from './auth-frame.module.css'

/** A narrow column with one question. */
export function AuthFrame({
  title,
  intro,
  children,
  after,
}: {
  title: string
  intro?: ReactNode
  children?: ReactNode
  after?: ReactNode
}) {
  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <h1>{title}</h1>
        {intro !== undefined && <p className={styles.intro}>{intro}</p>}
      </div>
      {children}
      {after !== undefined && <div className={styles.after}>{after}</div>}
    </div>
  )
}

export const authForm = styles.form
export const authDivider = styles.divider
