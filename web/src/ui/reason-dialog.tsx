import { type ReactNode, type SyntheticEvent, useId, useState } from 'react'
import { useUiTexts } from '../lib/i18n/ui-texts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { TextArea } from './field.tsx'
import { Notice } from './notice.tsx'
import styles from './reason-dialog.module.css'

/** Contract 2.16: a reason that is given to a person has 10 to 1000 characters. */
const REASON_MIN = 10
const REASON_MAX = 1000

type ReasonDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What happens, and who reads the reason. */
  children: ReactNode
  action: string
  busy: boolean
  /** What the server said about the last try, in words. */
  problem: string | null
  onReason: (reason: string) => void
}

/** Asks for the reason of something that is done to somebody. */
export function ReasonDialog({
  open,
  onOpenChange,
  title,
  children,
  action,
  busy,
  problem,
  onReason,
}: ReasonDialogProps) {
  const ui = useUiTexts()
  const form_id = useId()
  const [reason, setReason] = useState('')
  const missing = REASON_MIN - reason.trim().length
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (missing <= 0 && !busy) onReason(reason.trim())
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui.cancel}</Button>
          <Button type="submit" form={form_id} kind="danger" busy={busy} disabled={missing > 0}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form_id} className={styles.form} onSubmit={submit}>
        <div className={styles.text}>{children}</div>
        <TextArea
          label={ui.reason}
          rows={4}
          maxLength={REASON_MAX}
          value={reason}
          placeholder={ui.reason_placeholder}
          hint={missing > 0 ? ui.reason_short(missing) : ui.reason_left(REASON_MAX - reason.length)}
          onChange={(event) => setReason(event.target.value)}
        />
        {problem !== null && (
          <Notice tone="danger" announce>
            {problem}
          </Notice>
        )}
      </form>
    </Dialog>
  )
}
