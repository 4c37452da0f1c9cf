import { useLocation, useNavigate } from 'react-router'
import { pendingSecondFactor } from '../../features/identity/pending-second-factor.ts'
import { SecondFactorForm } from '../../features/identity/second-factor-form.tsx'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { safeNext } from '../../lib/safe-next.ts'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'

export function SecondFactorPage() {
  const texts = useIdentityTexts()
  const navigate = useNavigate()
  const { state } = useLocation()
  const pre_auth_token = pendingSecondFactor()
  const next = safeNext(nextOf(state), paths.home())
  if (pre_auth_token === null) {
    return (
      <State
        icon="shield"
        title={texts.code_lost_title}
        action={
          <LinkButton kind="primary" to={paths.signIn()}>
            {texts.sign_in_action}
          </LinkButton>
        }
      >
        <p>{texts.code_lost_text}</p>
      </State>
    )
  }
  return (
    <>
      <PageTitle>{texts.code_title}</PageTitle>
      <SecondFactorForm pre_auth_token={pre_auth_token} onDone={() => void navigate(next, { replace: true })} />
    </>
  )
}

function nextOf(state: unknown): string | null {
  return typeof state === 'object' && state !== null && 'next' in state && typeof state.next === 'string' ? state.next : null
}
