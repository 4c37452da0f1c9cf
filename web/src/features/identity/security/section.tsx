import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { useProblemText } from '../../../api/problems.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import styles from './section.module.css'
import { useSecurityTexts } from './texts.ts'

/** One question of the page under its own heading. */
export function Section({
  title,
  text,
  children,
}: {
  title: string
  text?: string | undefined
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p className={styles.text}>{text}</p>}
      </div>
      {children}
    </section>
  )
}

export function Card({ children }: { children: ReactNode }) {
  return <div className={styles.card}>{children}</div>
}

type RowProps = {
  icon: IconName
  title: string
  /** `h3` where the row opens a subject of its own. */
  as?: 'h3' | 'p'
  badge?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** The actions are few and small: beside the words on a phone too. */
  isTight?: boolean
}

/** What there is, and beside it what can be done with it. */
export function Row({ icon, title, as: Title = 'p', badge, children, actions, isTight = false }: RowProps) {
  return (
    <div className={classNames(styles.row, isTight && styles.tight)}>
      <span className={styles.icon}>
        <Icon name={icon} size={22} />
      </span>
      <div className={styles.words}>
        <div className={styles.name}>
          <Title className={styles.title}>{title}</Title>
          {badge}
        </div>
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

export function Note({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>
}

/** Below the row it belongs to, inside the same card. */
export function Below({ children }: { children: ReactNode }) {
  return <div className={styles.below}>{children}</div>
}

/** What a query has brought, or that it is on its way, or why it is not. */
export function Loaded<Data>({
  query,
  children,
}: {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) return <Skeleton className={styles.waiting} />
  return (
    <Notice
      tone="danger"
      title={texts.failed}
      announce
      action={
        <Button size="small" busy={query.isFetching} onClick={() => void query.refetch()}>
          {ui.retry}
        </Button>
      }
    >
      {problemText(query.error)}
    </Notice>
  )
}
