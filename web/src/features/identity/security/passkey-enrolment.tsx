import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useIdentityTexts } from '../texts.ts'
import styles from './forms.module.css'
import { type PasskeyCreation, passkeyFault } from './passkey-browser.ts'
import { addPasskey, beginPasskey } from './requests.ts'
import { useSecurityTexts } from './texts.ts'
import { useDeviceName } from './use-device-name.ts'
import { useFaultText } from './use-fault-text.ts'

type PasskeyEnrolmentProps = {
  options: PasskeyCreation
  /** Of a sign-in that demands it; null for somebody who is signed in. */
  pre_auth_token: string | null
  /** With the recovery codes that a first factor brings; none beside another one. */
  onDone: (recovery_codes: string[]) => void
}

/** A name first, then the browser's own question: it wants to come right after a press of a button. */
export function PasskeyEnrolment({ options, pre_auth_token, onDone }: PasskeyEnrolmentProps) {
  const texts = useSecurityTexts()
  const identity = useIdentityTexts()
  const faultText = useFaultText()
  const deviceName = useDeviceName()
  const [name, setName] = useState(() => deviceName({ user_agent: navigator.userAgent, platform: 'web' }))
  // What the server has seen once it does not take again; what the browser refused may be tried again.
  const unused = useRef<PasskeyCreation | null>(options)
  const add = useMutation({
    mutationFn: async () => {
      unused.current ??= await beginPasskey(pre_auth_token)
      try {
        return await addPasskey(pre_auth_token, { options: unused.current, name: name.trim() })
      } catch (error) {
        if (passkeyFault(error) === null) unused.current = null
        throw error
      }
    },
  })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (name.trim() === '') return
    // The answer is taken here and not from the mutation, which a sign-in makes the page forget.
    void add.mutateAsync().then(onDone, () => {
      // Shown below.
    })
  }

  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <p className={styles.text}>{texts.passkey_add_text}</p>
      <TextField
        label={texts.passkey_name}
        name="passkey_name"
        autoComplete="off"
        maxLength={100}
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        hint={texts.passkey_name_hint}
        error={name.trim() === '' ? identity.required : undefined}
      />
      {add.isError && (
        <Notice tone="danger" announce>
          {faultText(add.error)}
        </Notice>
      )}
      <Button type="submit" kind="primary" size="large" icon="key" wide busy={add.isPending}>
        {texts.passkey_create}
      </Button>
    </form>
  )
}
