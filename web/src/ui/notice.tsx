import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import styles from './notice.module.css'

type NoticeProps = {
  tone?: 'info' | 'warning' | 'danger' | 'success'
  title?: string
  children?: ReactNode
  action?: ReactNode
  /** Read out at once when it appears: for the answer to something the reader has just done. */
  announce?: boolean
}

const ICONS: Record<NonNullable<NoticeProps['tone']>, IconName> = {
  info: 'info',
  warning: 'warning',
  danger: 'warning',
  success: 'check',
}

export function Notice({ tone = 'info', title, children, action, announce = false }: NoticeProps) {
  return (
    <div className={classNames(styles.notice, styles[tone])} role={announce ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} size={20} />
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  )
}
