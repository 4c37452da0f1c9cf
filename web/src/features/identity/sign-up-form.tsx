import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import type { AccountType } from '../../api/browser-session.ts'
import { fieldProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AccountTypeChoice } from './account-type-choice.tsx'
import { authForm } from './auth-frame.tsx'
import { PasswordField } from './password-field.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { type SignUpOutcome, signUp } from './requests.ts'
import { useIdentityTexts } from './texts.ts'
import { characterCount, looksLikeEmail, PASSWORD_LENGTH_MIN } from './validation.ts'

export function SignUpForm({ next, onDone }: { next: string; onDone: (outcome: SignUpOutcome) => void }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const [account_type, setAccountType] = useState<AccountType>('user')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
  const attempt = useMutation({
    mutationFn: () => signUp({ account_type, name: name.trim(), email: email.trim(), password }),
    onSuccess: onDone,
  })
  const missing = PASSWORD_LENGTH_MIN - characterCount(password)
  const errors = {
    name: name.trim() === '' ? texts.required : undefined,
    email: looksLikeEmail(email) ? undefined : texts.email_wrong,
    password: missing > 0 ? texts.password_short(missing) : undefined,
    agreed: agreed ? undefined : texts.consent_required,
  }
  /** Own checks show after the first try; what the server says about a field shows until the next one. */
  const shown = (field: 'name' | 'email' | 'password') =>
    (tried ? errors[field] : undefined) ?? fieldProblem(attempt.error, field)

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    setTried(true)
    if (Object.values(errors).every((error) => error === undefined)) return attempt.mutate()
    const form = event.currentTarget
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  return (
    <>
      <form className={authForm} onSubmit={submit} noValidate>
        <AccountTypeChoice value={account_type} onChange={setAccountType} />
        <TextField
          label={account_type === 'shop' ? texts.shop_name : texts.name}
          name="name"
          autoComplete={account_type === 'shop' ? 'organization' : 'name'}
          required
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={shown('name')}
        />
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
          error={shown('email')}
        />
        <PasswordField
          label={texts.password}
          purpose="new"
          value={password}
          onChange={setPassword}
          error={shown('password')}
        />
        <Checkbox checked={agreed} onChange={setAgreed} error={tried ? errors.agreed : undefined}>
          {texts.consent}
        </Checkbox>
        {attempt.isError && (
          <Notice tone="danger" announce>
            {problemText(attempt.error)}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" wide busy={attempt.isPending}>
          {texts.sign_up_action}
        </Button>
      </form>
      <ProviderButtons account_type={account_type} next={next} />
    </>
  )
}
