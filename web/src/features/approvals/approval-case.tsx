import { type ReactNode, useState } from 'react'
import { approvalCan } from '../../api/can.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Approval } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoment } from '../../lib/time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './approval-case.module.css'
import { ApproveDialog } from './approve-dialog.tsx'
import { RejectDialog } from './reject-dialog.tsx'
import { withdrawChange } from './requests.ts'
import { useApprovalTexts } from './texts.ts'
import { useDecision } from './use-decision.ts'

type ApprovalCaseProps = { approval: Approval; describe: (approval: Approval) => ReactNode }

const TONES = {
  waiting: 'warning',
  approved: 'success',
  rejected: 'danger',
  withdrawn: 'plain',
  expired: 'plain',
} as const

/** One request: what, why, who, until when; and what the reader may do with it. */
export function ApprovalCase({ approval, describe }: ApprovalCaseProps) {
  const texts = useApprovalTexts()
  const language = useLanguage()
  const { state, asked_by, decided_by, decided_at } = approval
  const date = (instant: string) => formatMoment(instant, language)
  return (
    <li className={styles.case}>
      <div className={styles.head}>
        {describe(approval)}
        <Badge tone={TONES[state]}>{texts.states[state]}</Badge>
      </div>
      {approval.reason !== null && <p className={styles.reason}>{texts.reason(approval.reason)}</p>}
      <p className={styles.who}>{texts.asked(asked_by.name ?? texts.somebody, date(approval.asked_at))}</p>
      {state === 'waiting' && <p className={styles.who}>{texts.until(date(approval.expires_at))}</p>}
      {decided_at !== null && (
        <p className={styles.who}>
          {decided_by === null
            ? texts.ended(date(decided_at))
            : texts.decided(decided_by.name ?? texts.somebody, date(decided_at))}
        </p>
      )}
      {approval.note !== null && <p className={styles.reason}>{texts.note(approval.note)}</p>}
      {state === 'waiting' && <Decisions approval={approval} describe={describe} />}
    </li>
  )
}

function Decisions({ approval, describe }: ApprovalCaseProps) {
  const texts = useApprovalTexts()
  const problemText = useProblemText()
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null)
  const withdraw = useDecision(() => withdrawChange(approval.id), texts.withdrawn)
  const close = () => setOpen(null)
  if (!approvalCan.decide(approval).allowed) {
    return (
      <>
        <p className={styles.own}>{texts.own}</p>
        {withdraw.isError && (
          <Notice tone="danger" title={texts.failed} announce>
            {problemText(withdraw.error)}
          </Notice>
        )}
        <div className={styles.actions}>
          <Button icon="close" busy={withdraw.isPending} onClick={() => withdraw.mutate(undefined)}>
            {texts.withdraw}
          </Button>
        </div>
      </>
    )
  }
  return (
    <div className={styles.actions}>
      <Button kind="primary" icon="check" onClick={() => setOpen('approve')}>
        {texts.approve}
      </Button>
      <Button kind="danger" icon="close" onClick={() => setOpen('reject')}>
        {texts.reject}
      </Button>
      <ApproveDialog approval={approval} describe={describe} open={open === 'approve'} onClose={close} />
      <RejectDialog approval={approval} open={open === 'reject'} onClose={close} />
    </div>
  )
}
