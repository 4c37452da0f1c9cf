import { type SyntheticEvent, useId, useState } from 'react'
import { fieldProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Approval } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './decision-dialog.module.css'
import { rejectChange } from './requests.ts'
import { useApprovalTexts } from './texts.ts'
import { useDecision } from './use-decision.ts'

/** As the server has it. */
const REASON_MAX = 1000

type RejectDialogProps = { approval: Approval; open: boolean; onClose: () => void }

/** Why not: whoever asked reads it. */
export function RejectDialog({ approval, open, onClose }: RejectDialogProps) {
  const texts = useApprovalTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const form_id = useId()
  const [reason, setReason] = useState('')
  const reject = useDecision((why: string) => rejectChange(approval.id, why), texts.rejected, onClose)
  const isEmpty = reason.trim() === ''
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (!isEmpty) reject.mutate(reason.trim())
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={texts.reject_title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button
            type="submit"
            form={form_id}
            kind="danger"
            icon="close"
            busy={reject.isPending}
            disabled={isEmpty}
          >
            {texts.reject}
          </Button>
        </>
      }
    >
      <form id={form_id} className={styles.form} onSubmit={submit}>
        <p className={styles.text}>{texts.reject_text}</p>
        <TextArea
          label={texts.reject_reason}
          rows={3}
          maxLength={REASON_MAX}
          value={reason}
          error={fieldProblem(reject.error, 'reason')}
          onChange={(event) => setReason(event.target.value)}
        />
        {reject.isError && (
          <Notice tone="danger" title={texts.failed} announce>
            {problemText(reject.error)}
          </Notice>
        )}
      </form>
    </Dialog>
  )
}
