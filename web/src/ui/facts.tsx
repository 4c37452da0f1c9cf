import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import styles from './facts.module.css'

export type Fact = readonly [name: string, value: ReactNode]

/** Names and values side by side, in as many columns as fit. What is null was not given, which `none` says. */
export function Facts({
  facts,
  none,
  className,
}: {
  facts: readonly Fact[]
  none: string
  className?: string | undefined
}) {
  return (
    <dl className={classNames(styles.facts, className)}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd className={value === null ? styles.none : undefined}>{value ?? none}</dd>
        </div>
      ))}
    </dl>
  )
}
