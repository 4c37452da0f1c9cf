import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { beginEnrolment } from '../requests.ts'
import { CodesDialog } from './codes-dialog.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import styles from './forms.module.css'
import { type Factors, isLastFactor, refreshSecurity } from './queries.ts'
import { removeApp } from './requests.ts'
import { Card, Note, Row } from './section.tsx'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

// Drawing QR codes is only needed by those who ask for one.
const loadEnrolment = async () => ({ default: (await import('./app-enrolment.tsx')).AppEnrolment })
const AppEnrolment = lazy(loadEnrolment)

/** The authenticator app: there is one or none. */
export function AppCard({ factors }: { factors: Factors }) {
  const texts = useSecurityTexts()
  return (
    <Card>
      <Row
        icon="phone"
        as="h3"
        title={texts.app_title}
        badge={factors.totp && <Badge tone="success">{texts.app_on}</Badge>}
        actions={factors.totp ? <RemoveApp factors={factors} /> : <AddApp isFirst={!factors.enabled} />}
      >
        <Note>{texts.app_text}</Note>
        {factors.totp && factors.is_compulsory && isLastFactor(factors) && <Note>{texts.keep_last}</Note>}
      </Row>
    </Card>
  )
}

function AddApp({ isFirst }: { isFirst: boolean }) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  const faultText = useFaultText()
  const [open, setOpen] = useState(false)
  const [codes, setCodes] = useState<string[] | null>(null)
  // Before the dialog opens: the server may want a recent proof first, which is a dialog of its own.
  const begin = useMutation({
    mutationFn: async () => (await Promise.all([beginEnrolment(null), loadEnrolment()]))[0],
    onSuccess: () => setOpen(true),
  })

  async function done(recovery_codes: string[]) {
    setOpen(false)
    toast(texts.app_added)
    if (recovery_codes.length > 0) setCodes(recovery_codes)
    else await refreshSecurity()
  }

  return (
    <>
      <Button size="small" busy={begin.isPending} onClick={() => begin.mutate()}>
        {texts.app_add}
      </Button>
      {begin.isError && (
        <Notice tone="danger" announce>
          {faultText(begin.error)}
        </Notice>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={texts.app_add} closeLabel={ui.close}>
        <div className={styles.stack}>
          <Suspense fallback={<Skeleton shape="block" />}>
            {begin.data && (
              <AppEnrolment secret={begin.data} pre_auth_token={null} onDone={(given) => void done(given)} />
            )}
          </Suspense>
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

function RemoveApp({ factors }: { factors: Factors }) {
  const texts = useSecurityTexts()
  const [open, setOpen] = useState(false)
  const is_last = isLastFactor(factors)
  return (
    <>
      <Button size="small" disabled={is_last && factors.is_compulsory} onClick={() => setOpen(true)}>
        {texts.app_remove}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={texts.remove_app_title}
        action={texts.app_remove}
        work={async () => {
          await removeApp()
          await refreshSecurity()
          toast(texts.app_removed)
        }}
      >
        <p>{texts.remove_app_text}</p>
        {is_last && <Notice tone="warning">{texts.remove_last_text}</Notice>}
      </ConfirmDialog>
    </>
  )
}
