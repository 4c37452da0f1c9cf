import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Enrolment } from '../../features/identity/enrolment.tsx'
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
  // Kept from the first render: finishing the enrolment empties the store while the codes are still on the page.
  const [pending] = useState(pendingSecondFactor)
  const next = safeNext(nextOf(state), paths.home())
  if (pending === null) {
    return (
      <State
        level={1}
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
  const done = () => void navigate(next, { replace: true })
  if (pending.enrolment_required) {
    return (
      <>
        <PageTitle>{texts.enrol_title}</PageTitle>
        <Enrolment pre_auth_token={pending.pre_auth_token} onDone={done} />
      </>
    )
  }
  return (
    <>
      <PageTitle>{texts.code_title}</PageTitle>
      <SecondFactorForm pre_auth_token={pending.pre_auth_token} methods={pending.methods} onDone={done} />
    </>
  )
}

function nextOf(state: unknown): string | null {
  return typeof state === 'object' && state !== null && 'next' in state && typeof state.next === 'string'
    ? state.next
    : null
}
