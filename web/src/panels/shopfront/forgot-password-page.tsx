import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { Link } from 'react-router'
import { useProblemText } from '../../api/problems.ts'
import { AuthFrame, authForm } from '../../features/identity/auth-frame.tsx'
import { askForPasswordReset } from '../../features/identity/requests.ts'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { looksLikeEmail } from '../../features/identity/validation.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { State } from '../../ui/state.tsx'

export function ForgotPasswordPage() {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const [tried, setTried] = useState(false)
  const ask = useMutation({ mutationFn: () => askForPasswordReset(email.trim()) })

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTried(true)
    if (looksLikeEmail(email)) ask.mutate()
  }

  if (ask.isSuccess) {
    return (
      <State
        level={1}
        icon="mail"
        title={texts.forgot_sent_title}
        announce
        action={<LinkButton to={paths.signIn()}>{texts.sign_in_action}</LinkButton>}
      >
        <p>{texts.forgot_sent_text(email.trim())}</p>
      </State>
    )
  }
  return (
    <AuthFrame
      title={texts.forgot_title}
      intro={texts.forgot_text}
      after={<Link to={paths.signIn()}>{texts.sign_in_action}</Link>}
    >
      <PageTitle>{texts.forgot_title}</PageTitle>
      <form className={authForm} onSubmit={submit} noValidate>
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
          error={tried && !looksLikeEmail(email) ? texts.email_wrong : undefined}
        />
        {ask.isError && (
          <Notice tone="danger" announce>
            {problemText(ask.error)}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" wide busy={ask.isPending}>
          {texts.forgot_action}
        </Button>
      </form>
    </AuthFrame>
  )
}
