import { useMutation, useQuery } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { authForm } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'
import styles from './enrolment.module.css'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { beginEnrolment, finishEnrolment } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

type EnrolmentProps = {
  /** Of a sign-in that demands it; null for somebody who is signed in. */
  pre_auth_token: string | null
  onDone: () => void
}

/** Sets up a second factor: scan, type one code, keep the recovery codes. */
export function Enrolment({ pre_auth_token, onDone }: EnrolmentProps) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const finish = useMutation({
    mutationFn: (typed: string) => finishEnrolment(pre_auth_token, typed),
    onError: () => setCode(''),
  })
  const secret = useQuery({
    queryKey: ['enrolment'],
    queryFn: () => beginEnrolment(pre_auth_token),
    // One secret for one visit: a second request would make the scanned one worthless.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Finishing signs in, after which everything is read anew; this may not be.
    enabled: !finish.isPending && !finish.isSuccess,
  })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (code.length === 6) finish.mutate(code)
  }

  if (finish.isSuccess) return <RecoveryCodes codes={finish.data} onSaved={onDone} />
  return (
    <form className={authForm} onSubmit={submit} noValidate>
      {secret.isPending && <Skeleton shape="block" />}
      {secret.isError && (
        <Notice tone="danger" announce>
          {problemText(secret.error)}
        </Notice>
      )}
      {secret.data && (
        <div className={styles.scan}>
          <QrCode text={secret.data.otpauth_url} label={texts.enrol_qr} />
          <details>
            <summary className={styles.summary}>{texts.enrol_manual}</summary>
            <code className={styles.secret}>{secret.data.secret}</code>
          </details>
        </div>
      )}
      <CodeField label={texts.code} value={code} onChange={setCode} onFull={(full) => finish.mutate(full)} />
      {finish.isError && (
        <Notice tone="danger" announce>
          {problemText(finish.error)}
        </Notice>
      )}
      <Button type="submit" kind="primary" size="large" wide busy={finish.isPending}>
        {texts.enrol_action}
      </Button>
    </form>
  )
}
