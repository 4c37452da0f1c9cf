import { lazy, Suspense, useState } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { beginEnrolment } from '../requests.ts'
import { AddFactor } from './add-factor.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { type Factors, isLastFactor, refreshSecurity } from './queries.ts'
import { removeApp } from './requests.ts'
import { Card, Note, Row } from './section.tsx'
import { useSecurityTexts } from './texts.ts'

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
  return (
    <AddFactor
      label={texts.app_add}
      added={texts.app_added}
      isFirst={isFirst}
      begin={async () => (await Promise.all([beginEnrolment(null), loadEnrolment()]))[0]}
    >
      {(secret, onDone) => (
        <Suspense fallback={<Skeleton shape="block" />}>
          <AppEnrolment secret={secret} pre_auth_token={null} onDone={onDone} />
        </Suspense>
      )}
    </AddFactor>
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
