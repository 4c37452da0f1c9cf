import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import styles from './badge.module.css'

type BadgeProps = {
  tone?: 'plain' | 'accent' | 'success' | 'warning' | 'danger' | 'picture'
  children: ReactNode
  className?: string | undefined
}

/** A short state in words. `picture` is for lying on a photograph. */
export function Badge({ tone = 'plain', children, className }: BadgeProps) {
  return <span className={classNames(styles.badge, styles[tone], className)}>{children}</span>
}
