import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { AnchorButton, Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { CodeField } from '../code-field.tsx'
import enrolment from '../enrolment.module.css'
import { QrCode } from '../qr-code.tsx'
import { finishEnrolment } from '../requests.ts'
import { deviceOf } from './device-name.ts'
import styles from './forms.module.css'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'
import { useFirstField } from './use-first-field.ts'

type AppEnrolmentProps = {
  secret: { otpauth_url: string; secret: string }
  /** Of a sign-in that demands it; null for somebody who is signed in. */
  pre_auth_token: string | null
  /** With the recovery codes that a first factor brings; none beside another one. */
  onDone: (recovery_codes: string[]) => void
}

/** Scan, and type one code as a proof. */
export function AppEnrolment({ secret, pre_auth_token, onDone }: AppEnrolmentProps) {
  const texts = useSecurityTexts()
  const faultText = useFaultText()
  const form = useRef<HTMLFormElement>(null)
  const [code, setCode] = useState('')
  useFirstField(form, !isHandheld())
  const finish = useMutation({
    mutationFn: (typed: string) => finishEnrolment(pre_auth_token, typed),
    onError: () => setCode(''),
  })
  // The answer is taken here and not from the mutation, which a sign-in makes the page forget.
  const prove = (typed: string) =>
    finish.mutateAsync(typed).then(onDone, () => {
      // Shown below.
    })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (code.length === 6) void prove(code)
  }

  return (
    <form ref={form} className={styles.stack} onSubmit={submit} noValidate>
      <p className={styles.text}>{texts.app_scan}</p>
      <div className={enrolment.scan}>
        <QrCode text={secret.otpauth_url} label={texts.app_qr} />
        {isHandheld() && (
          // Nobody can scan the screen of the phone that scans.
          <AnchorButton size="small" icon="phone" href={secret.otpauth_url}>
            {texts.app_here}
          </AnchorButton>
        )}
        <details className={enrolment.manual}>
          <summary className={enrolment.summary}>{texts.app_secret}</summary>
          <code className={enrolment.secret}>{inFours(secret.secret)}</code>
          <Button
            size="small"
            icon="copy"
            onClick={async () => {
              await navigator.clipboard.writeText(secret.secret)
              toast(texts.copied)
            }}
          >
            {texts.copy}
          </Button>
        </details>
      </div>
      <CodeField label={texts.app_code} value={code} onChange={setCode} onFull={(full) => void prove(full)} />
      {finish.isError && (
        <Notice tone="danger" announce>
          {faultText(finish.error)}
        </Notice>
      )}
      <Button type="submit" kind="primary" size="large" wide busy={finish.isPending}>
        {texts.app_finish}
      </Button>
    </form>
  )
}

function isHandheld(): boolean {
  return deviceOf(navigator.userAgent).is_handheld
}

/** Easier to copy by hand; apps ignore the blanks. */
function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
