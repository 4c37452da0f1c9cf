import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import styles from './forms.module.css'
import { PasskeyEnrolment } from './passkey-enrolment.tsx'
import { refreshSecurity } from './queries.ts'
import { beginPasskey } from './requests.ts'
import { Note } from './section.tsx'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

export function AddPasskey({ isFirst }: { isFirst: boolean }) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  const faultText = useFaultText()
  const [open, setOpen] = useState(false)
  const [codes, setCodes] = useState<string[] | null>(null)
  // Before the dialog opens: the server may want a recent proof first, which is a dialog of its own.
  const begin = useMutation({ mutationFn: () => beginPasskey(null), onSuccess: () => setOpen(true) })

  async function done(recovery_codes: string[]) {
    setOpen(false)
    toast(texts.passkey_added)
    if (recovery_codes.length > 0) setCodes(recovery_codes)
    else await refreshSecurity()
  }

  return (
    <>
      <Button size="small" busy={begin.isPending} onClick={() => begin.mutate()}>
        {texts.passkey_add}
      </Button>
      {begin.isError && (
        <Notice tone="danger" announce>
          {faultText(begin.error)}
        </Notice>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={texts.passkey_add} closeLabel={ui.close}>
        <div className={styles.stack}>
          {begin.data && (
            <PasskeyEnrolment
              options={begin.data}
              pre_auth_token={null}
              onDone={(given) => void done(given)}
            />
          )}
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
