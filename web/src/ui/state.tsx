import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './state.module.css'

type StateProps = {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  announce?: boolean
}

/** What a page shows instead of its content: nothing there yet, or something went wrong. Always with a next step. */
export function State({ icon, title, children, action, announce = false }: StateProps) {
  return (
    <div className={styles.state} role={announce ? 'alert' : undefined}>
      <span className={styles.icon}>
        <Icon name={icon} size={30} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
