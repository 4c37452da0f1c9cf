import { useEffect } from 'react'
import { useAccountType } from '../../../api/browser-session.ts'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { StepUpForm } from './step-up-form.tsx'
import { useSecurityTexts } from './texts.ts'

type StepUpDialogProps = { open: boolean; onAnswer: (proved: boolean) => void }

/** Asks whoever is at the device to prove once more that it is him. It may stand over another dialog. */
export function StepUpDialog({ open, onAnswer }: StepUpDialogProps) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  const is_signed_in = useAccountType() !== null
  useEffect(() => {
    if (open && !is_signed_in) onAnswer(false)
  }, [open, is_signed_in, onAnswer])
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onAnswer(false)
      }}
      title={texts.confirm_title}
      closeLabel={ui.close}
    >
      <StepUpForm onAnswer={onAnswer} />
    </Dialog>
  )
}
