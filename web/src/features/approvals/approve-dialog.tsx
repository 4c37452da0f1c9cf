import type { ReactNode } from 'react'
import { useProblemText } from '../../api/problems.ts'
import type { Approval } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './decision-dialog.module.css'
import { approveChange } from './requests.ts'
import { useApprovalTexts } from './texts.ts'
import { useDecision } from './use-decision.ts'

type ApproveDialogProps = {
  approval: Approval
  describe: (approval: Approval) => ReactNode
  open: boolean
  onClose: () => void
}

/** What will happen, once more, before it does. */
export function ApproveDialog({ approval, describe, open, onClose }: ApproveDialogProps) {
  const texts = useApprovalTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const approve = useDecision(() => approveChange(approval.id), texts.approved, onClose)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={texts.approve_title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button
            kind="primary"
            icon="check"
            busy={approve.isPending}
            onClick={() => approve.mutate(undefined)}
          >
            {texts.approve}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {describe(approval)}
        <p className={styles.text}>{texts.approve_text}</p>
        {approve.isError && (
          <Notice tone="danger" title={texts.failed} announce>
            {problemText(approve.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
