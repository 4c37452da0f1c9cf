import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import styles from './forms.module.css'
import { useFaultText } from './use-fault-text.ts'

type ConfirmDialogProps = {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  action: string
  /** Asked once more before it is done, because it cannot be taken back. */
  work: () => Promise<void>
}

export function ConfirmDialog({ open, onClose, title, children, action, work }: ConfirmDialogProps) {
  const ui = useUiTexts()
  const faultText = useFaultText()
  const attempt = useMutation({ mutationFn: work, onSuccess: onClose })
  return (
    <Dialog
      open={open}
      onOpenChange={() => {
        attempt.reset()
        onClose()
      }}
      title={title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button kind="danger" busy={attempt.isPending} onClick={() => attempt.mutate()}>
            {action}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {children}
        {attempt.isError && (
          <Notice tone="danger" announce>
            {faultText(attempt.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
