import { useSearchParams } from 'react-router'
import { useAccountType } from '../../api/browser-session.ts'
import { AuthFrame } from '../../features/identity/auth-frame.tsx'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { VerifyByCode } from '../../features/identity/verify-by-code.tsx'
import { VerifyByLink } from '../../features/identity/verify-by-link.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useFragment } from '../../lib/router/use-fragment.ts'
import { safeNext } from '../../lib/safe-next.ts'
import { paths } from '../../paths.ts'

/** Two ways in: the link of the letter (`#token=…`), or typing its six digits after signing up. */
export function VerifyEmailPage() {
  const texts = useIdentityTexts()
  const signedIn = useAccountType() !== null
  const [search] = useSearchParams()
  const token = useFragment('token')
  const next = safeNext(search.get('next'), paths.home())
  return (
    <>
      <PageTitle>{texts.verify_title}</PageTitle>
      {token !== null && <VerifyByLink token={token} next={next} />}
      {token === null && signedIn && <VerifyByCode next={next} />}
      {token === null && !signedIn && (
        <AuthFrame title={texts.verify_title} intro={texts.verify_text_signed_out}>
          <LinkButton kind="primary" to={paths.signIn(next)}>
            {texts.sign_in_action}
          </LinkButton>
        </AuthFrame>
      )}
    </>
  )
}
