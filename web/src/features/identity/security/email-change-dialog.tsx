import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { useIdentityTexts } from '../texts.ts'
import { looksLikeEmail } from '../validation.ts'
import styles from './forms.module.css'
import { refreshSecurity } from './queries.ts'
import { askForEmailChange } from './requests.ts'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

type EmailChangeDialogProps = { present: string | null; open: boolean; onClose: () => void }

export function EmailChangeDialog({ present, open, onClose }: EmailChangeDialogProps) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={present === null ? texts.email_add : texts.email_change}
      closeLabel={ui.close}
    >
      <EmailForm present={present} onClose={onClose} />
    </Dialog>
  )
}

function EmailForm({ present, onClose }: Omit<EmailChangeDialogProps, 'open'>) {
  const texts = useSecurityTexts()
  const identity = useIdentityTexts()
  const faultText = useFaultText()
  const [email, setEmail] = useState('')
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: () => askForEmailChange(email.trim()),
    onSuccess: async () => {
      await refreshSecurity()
      toast(texts.email_sent)
      onClose()
    },
  })
  const fault = faultOf(email.trim(), present, { wrong: identity.email_wrong, same: texts.email_same })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTried(true)
    if (fault === undefined) send.mutate()
  }

  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <p className={styles.text}>{texts.email_change_text}</p>
      <TextField
        label={texts.email_new}
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        maxLength={255}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={tried ? fault : undefined}
      />
      {send.isError && (
        <Notice tone="danger" announce>
          {faultText(send.error)}
        </Notice>
      )}
      <Button type="submit" kind="primary" wide busy={send.isPending}>
        {texts.email_send}
      </Button>
    </form>
  )
}

function faultOf(email: string, present: string | null, words: { wrong: string; same: string }) {
  if (!looksLikeEmail(email)) return words.wrong
  return email.toLowerCase() === present ? words.same : undefined
}
