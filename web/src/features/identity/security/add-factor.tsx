import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import styles from './forms.module.css'
import { refreshSecurity } from './queries.ts'
import { Note } from './section.tsx'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

type AddFactorProps<Begun> = {
  label: string
  /** Said when it is done. */
  added: string
  isFirst: boolean
  begin: () => Promise<Begun>
  /** The steps in the dialog; they end with the recovery codes, if the server gave any. */
  children: (begun: Begun, onDone: (recovery_codes: string[]) => void) => ReactNode
}

/** A button that adds a second factor: its dialog, and after it the recovery codes that come with the first one. */
export function AddFactor<Begun>({ label, added, isFirst, begin, children }: AddFactorProps<Begun>) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  const faultText = useFaultText()
  const [open, setOpen] = useState(false)
  const [codes, setCodes] = useState<string[] | null>(null)
  // Before the dialog opens: the server may want a recent proof first, which is a dialog of its own.
  const beginning = useMutation({ mutationFn: begin, onSuccess: () => setOpen(true) })

  function done(recovery_codes: string[]) {
    setOpen(false)
    toast(added)
    if (recovery_codes.length > 0) setCodes(recovery_codes)
    else void refreshSecurity()
  }

  return (
    <>
      <Button size="small" busy={beginning.isPending} onClick={() => beginning.mutate()}>
        {label}
      </Button>
      {beginning.isError && (
        <Notice tone="danger" announce>
          {faultText(beginning.error)}
        </Notice>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={label} closeLabel={ui.close}>
        <div className={styles.stack}>
          {beginning.data !== undefined && children(beginning.data, done)}
          {isFirst && <Note>{texts.first_factor_note}</Note>}
        </div>
      </Dialog>
      <CodesDialog
        codes={codes}
        onSaved={() => {
          setCodes(null)
          void refreshSecurity()
        }}
      />
    </>
  )
}
