import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './state.module.css'

type StateProps = {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  announce?: boolean
  /** 1 when this is all the page has. */
  level?: 1 | 2
}

/** What a page shows instead of its content: nothing there yet, or something went wrong. Always with a next step. */
export function State({ icon, title, children, action, announce = false, level = 2 }: StateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className={styles.state} role={announce ? 'alert' : undefined}>
      <span className={styles.icon}>
        <Icon name={icon} size={30} />
      </span>
      <Heading className={styles.title}>{title}</Heading>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
