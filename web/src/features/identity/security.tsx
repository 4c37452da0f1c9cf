import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { session } from '../../api/browser-session.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './account.module.css'
import { signOutEverywhere } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

// Drawing QR codes is only needed by those who ask for one.
const Enrolment = lazy(async () => ({ default: (await import('./enrolment.tsx')).Enrolment }))

export function Security({ two_factor_enabled }: { two_factor_enabled: boolean }) {
  const texts = useIdentityTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const [enrolling, setEnrolling] = useState(false)
  const everywhere = useMutation({ mutationFn: signOutEverywhere, onSuccess: () => toast(texts.signed_out) })
  return (
    <section className={styles.section} aria-labelledby="security-title">
      <h2 id="security-title">{texts.security}</h2>
      {two_factor_enabled ? (
        <p className={styles.protected}>
          <Icon name="shield" size={20} />
          {texts.second_factor_on}
        </p>
      ) : (
        <>
          <p>{texts.second_factor_off}</p>
          <Button icon="shield" onClick={() => setEnrolling(true)}>
            {texts.enrol_action}
          </Button>
          <Dialog
            open={enrolling}
            onOpenChange={setEnrolling}
            title={texts.enrol_title}
            closeLabel={ui.close}
          >
            <p className={styles.enrolIntro}>{texts.enrol_own_text}</p>
            <Suspense fallback={<Skeleton shape="block" />}>
              <Enrolment
                pre_auth_token={null}
                onDone={() => {
                  setEnrolling(false)
                  void queryClient.invalidateQueries({ queryKey: ['me'] })
                }}
              />
            </Suspense>
          </Dialog>
        </>
      )}
      <div className={styles.buttons}>
        <Button
          icon="exit"
          onClick={() => {
            void session.signOut()
            toast(texts.signed_out)
          }}
        >
          {texts.sign_out}
        </Button>
        <Button kind="danger" onClick={() => setAsking(true)}>
          {texts.sign_out_everywhere}
        </Button>
      </div>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={texts.sign_out_everywhere}
        closeLabel={ui.close}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{ui.cancel}</Button>
            <Button kind="danger" busy={everywhere.isPending} onClick={() => everywhere.mutate()}>
              {texts.sign_out_everywhere}
            </Button>
          </>
        }
      >
        <p>{texts.sign_out_everywhere_text}</p>
        {everywhere.isError && (
          <Notice tone="danger" announce>
            {problemText(everywhere.error)}
          </Notice>
        )}
      </Dialog>
    </section>
  )
}
