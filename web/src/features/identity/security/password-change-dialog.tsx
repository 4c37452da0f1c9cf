import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { fieldProblem } from '../../../api/problem.ts'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { PasswordField } from '../password-field.tsx'
import { askForPasswordReset } from '../requests.ts'
import { useIdentityTexts } from '../texts.ts'
import { characterCount, PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MIN_WITH_FACTOR } from '../validation.ts'
import styles from './forms.module.css'
import { refreshSecurity, useFactors } from './queries.ts'
import { changePassword } from './requests.ts'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

type PasswordChangeDialogProps = { email: string | null; open: boolean; onClose: () => void }

export function PasswordChangeDialog({ email, open, onClose }: PasswordChangeDialogProps) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  return (
    <Dialog open={open} onOpenChange={onClose} title={texts.password_change} closeLabel={ui.close}>
      <PasswordForm onClose={onClose} />
      {email !== null && <Forgotten email={email} />}
    </Dialog>
  )
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const texts = useSecurityTexts()
  const identity = useIdentityTexts()
  const faultText = useFaultText()
  const has_factor = useFactors().data?.enabled === true
  const length_min = has_factor ? PASSWORD_LENGTH_MIN_WITH_FACTOR : PASSWORD_LENGTH_MIN
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const save = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: async () => {
      toast(texts.password_changed)
      onClose()
      await refreshSecurity()
    },
  })
  const missing = length_min - characterCount(next)
  const refused = fieldProblem(save.error, 'password')

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTried(true)
    if (current !== '' && missing <= 0) save.mutate()
  }

  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <PasswordField
        label={texts.password_current}
        purpose="current"
        value={current}
        onChange={setCurrent}
        error={tried && current === '' ? identity.required : undefined}
      />
      <PasswordField
        label={texts.password_new}
        purpose="new"
        length_min={length_min}
        value={next}
        onChange={setNext}
        error={tried && missing > 0 ? identity.password_short(missing) : refused}
      />
      {save.isError && refused === undefined && (
        <Notice tone="danger" announce>
          {faultText(save.error)}
        </Notice>
      )}
      <Button type="submit" kind="primary" wide busy={save.isPending}>
        {texts.password_change}
      </Button>
    </form>
  )
}

function Forgotten({ email }: { email: string }) {
  const texts = useSecurityTexts()
  const faultText = useFaultText()
  const send = useMutation({ mutationFn: () => askForPasswordReset(email) })
  if (send.isSuccess) {
    return (
      <div className={styles.after}>
        <Notice tone="success" title={texts.password_link_sent_title} announce>
          {texts.password_link_sent(email)}
        </Notice>
      </div>
    )
  }
  return (
    <div className={styles.after}>
      <Button kind="quiet" size="small" wide busy={send.isPending} onClick={() => send.mutate()}>
        {texts.forgot}
      </Button>
      {send.isError && (
        <Notice tone="danger" announce>
          {faultText(send.error)}
        </Notice>
      )}
    </div>
  )
}
