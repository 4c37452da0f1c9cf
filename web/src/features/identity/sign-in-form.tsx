import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import type { AccountType } from '../../api/browser-session.ts'
import { useProblemText } from '../../api/problems.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AccountTypeChoice } from './account-type-choice.tsx'
import { authForm } from './auth-frame.tsx'
import { PasswordField } from './password-field.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { type SignInOutcome, signIn } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function SignInForm({
  next,
  onDone,
}: {
  next: string
  onDone: (outcome: SignInOutcome, account_type: AccountType) => void
}) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const [account_type, setAccountType] = useState<AccountType>('user')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const attempt = useMutation({
    mutationFn: () => signIn({ email: email.trim(), password, account_type }),
    onSuccess: (outcome) => onDone(outcome, account_type),
  })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTried(true)
    if (email.trim() !== '' && password !== '') attempt.mutate()
  }

  return (
    <>
      <form className={authForm} onSubmit={submit} noValidate>
        <AccountTypeChoice value={account_type} onChange={setAccountType} />
        <TextField
          label={texts.email}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          maxLength={255}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={tried && email.trim() === '' ? texts.required : undefined}
        />
        <PasswordField
          label={texts.password}
          purpose="current"
          value={password}
          onChange={setPassword}
          error={tried && password === '' ? texts.required : undefined}
        />
        {attempt.isError && (
          <Notice tone="danger" announce>
            {problemText(attempt.error)}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" wide busy={attempt.isPending}>
          {texts.sign_in_action}
        </Button>
      </form>
      <ProviderButtons account_type={account_type} next={next} />
    </>
  )
}
