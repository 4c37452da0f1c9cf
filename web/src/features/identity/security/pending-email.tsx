import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { CodeField } from '../code-field.tsx'
import styles from './forms.module.css'
import { refreshSecurity } from './queries.ts'
import { askForEmailChange, confirmEmailChange } from './requests.ts'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

/** A change of the address under way: its code, or another mail. */
export function PendingEmail({ email }: { email: string }) {
  const texts = useSecurityTexts()
  const faultText = useFaultText()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: (typed: string) => confirmEmailChange({ code: typed }),
    onSuccess: async () => {
      toast(texts.email_changed_title)
      await refreshSecurity()
    },
    onError: () => setCode(''),
  })
  const again = useMutation({
    mutationFn: () => askForEmailChange(email),
    onSuccess: () => toast(texts.email_sent),
  })
  const failure = confirm.error ?? again.error

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (code.length === 6) confirm.mutate(code)
  }

  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <Notice tone="info" title={texts.email_wait_title}>
        {texts.email_wait_text(email)}
      </Notice>
      <CodeField
        label={texts.email_code}
        value={code}
        onChange={setCode}
        onFull={(full) => confirm.mutate(full)}
      />
      {failure && (
        <Notice tone="danger" announce>
          {faultText(failure)}
        </Notice>
      )}
      <div className={styles.line}>
        <Button type="submit" size="small" busy={confirm.isPending}>
          {texts.email_confirm}
        </Button>
        <Button kind="quiet" size="small" busy={again.isPending} onClick={() => again.mutate()}>
          {texts.email_again}
        </Button>
      </div>
    </form>
  )
}
