import type { ReactNode } from 'react'
import { useProblemText } from '../../api/problems.ts'
import type { Approval } from '../../api/types.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { ApprovalCase } from './approval-case.tsx'
import styles from './approvals-list.module.css'
import { type Shown, useApprovals } from './queries.ts'
import { useApprovalTexts } from './texts.ts'

type ApprovalsListProps = {
  shown: Shown
  /** What a request wants to change; the panel knows how each kind looks. */
  describe: (approval: Approval) => ReactNode
}

export function ApprovalsList({ shown, describe }: ApprovalsListProps) {
  const texts = useApprovalTexts()
  const problemText = useProblemText()
  const found = useApprovals(shown)
  if (found.isPending) {
    return (
      <div role="status" className={styles.list}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  const approvals = found.data.pages.flatMap((page) => page.items)
  if (approvals.length === 0) return <Nothing shown={shown} isRule={found.data.pages[0]?.two_person_rule} />
  return (
    <>
      <ul className={styles.list} aria-label={texts.title}>
        {approvals.map((approval) => (
          <ApprovalCase key={approval.id} approval={approval} describe={describe} />
        ))}
      </ul>
      <ShowMore list={found} problem={found.isFetchNextPageError ? problemText(found.error) : null} />
    </>
  )
}

function Nothing({ shown, isRule }: { shown: Shown; isRule: boolean | undefined }) {
  const texts = useApprovalTexts()
  if (isRule === false) {
    return (
      <State icon="info" title={texts.off_title}>
        <p>{texts.off_text}</p>
      </State>
    )
  }
  return (
    <State icon="check" title={texts.empty_title}>
      <p>{shown === 'all' ? texts.empty_all_text : texts.empty_text}</p>
    </State>
  )
}
