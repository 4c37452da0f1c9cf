import type { ReactNode } from 'react'
import { useUiTexts } from '../lib/i18n/ui-texts.ts'
import { Button } from './button.tsx'
import styles from './show-more.module.css'

type ShowMoreProps = {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  /** Why the last page did not come; what was loaded before stays. */
  problem: string | null
  children?: ReactNode
}

/** Below a list that is read page by page: the button for the next page, and what went wrong with it. */
export function ShowMore({ list, problem, children }: ShowMoreProps) {
  const ui = useUiTexts()
  if (!list.hasNextPage && problem === null && children === undefined) return null
  return (
    <div className={styles.more}>
      {children}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {ui.show_more}
        </Button>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  )
}
