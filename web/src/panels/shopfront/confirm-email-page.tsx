import { ConfirmEmailByLink, Onward } from '../../features/identity/security/confirm-email-by-link.tsx'
import { useSecurityTexts } from '../../features/identity/security/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useFragment } from '../../lib/router/use-fragment.ts'
import { State } from '../../ui/state.tsx'

/** Where the letter to a new address leads (`#token=…`). */
export function ConfirmEmailPage() {
  const texts = useSecurityTexts()
  const token = useFragment('token')
  return (
    <>
      <PageTitle>{texts.email_change}</PageTitle>
      {token === null ? (
        <State level={1} icon="mail" title={texts.email_failed_title} action={<Onward />}>
          <p>{texts.email_no_token_text}</p>
        </State>
      ) : (
        <ConfirmEmailByLink token={token} />
      )}
    </>
  )
}
