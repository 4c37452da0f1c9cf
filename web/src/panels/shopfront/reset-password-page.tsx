import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { fieldProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { AuthFrame, authForm } from '../../features/identity/auth-frame.tsx'
import { PasswordField } from '../../features/identity/password-field.tsx'
import { resetPassword } from '../../features/identity/requests.ts'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { characterCount, PASSWORD_LENGTH_MIN } from '../../features/identity/validation.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useFragment } from '../../lib/router/use-fragment.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { State } from '../../ui/state.tsx'

export function ResetPasswordPage() {
  const texts = useIdentityTexts()
  const token = useFragment('token')
  if (token === null) {
    return (
      <State
        level={1}
        icon="mail"
        title={texts.reset_no_token_title}
        action={<LinkButton to={paths.forgotPassword()}>{texts.forgot_action}</LinkButton>}
      >
        <p>{texts.reset_no_token_text}</p>
      </State>
    )
  }
  return <ResetForm token={token} />
}

function ResetForm({ token }: { token: string }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const save = useMutation({ mutationFn: () => resetPassword(token, password) })
  const missing = PASSWORD_LENGTH_MIN - characterCount(password)

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTried(true)
    if (missing <= 0) save.mutate()
  }

  if (save.isSuccess) {
    return (
      <State
        level={1}
        icon="check"
        title={texts.reset_done_title}
        announce
        action={
          <LinkButton kind="primary" to={paths.signIn()}>
            {texts.sign_in_action}
          </LinkButton>
        }
      >
        <p>{texts.reset_done_text}</p>
      </State>
    )
  }
  return (
    <AuthFrame title={texts.reset_title}>
      <PageTitle>{texts.reset_title}</PageTitle>
      <form className={authForm} onSubmit={submit} noValidate>
        <PasswordField
          label={texts.new_password}
          purpose="new"
          value={password}
          onChange={setPassword}
          error={
            (tried && missing > 0 ? texts.password_short(missing) : undefined) ??
            fieldProblem(save.error, 'password')
          }
        />
        {save.isError && (
          <Notice tone="danger" announce>
            {problemText(save.error)}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" wide busy={save.isPending}>
          {texts.reset_action}
        </Button>
      </form>
    </AuthFrame>
  )
}
