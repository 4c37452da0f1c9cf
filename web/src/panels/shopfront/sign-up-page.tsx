import { Link, useNavigate, useSearchParams } from 'react-router'
import { AuthFrame } from '../../features/identity/auth-frame.tsx'
import { SignUpForm } from '../../features/identity/sign-up-form.tsx'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { safeNext } from '../../lib/safe-next.ts'
import { paths } from '../../paths.ts'

export function SignUpPage() {
  const texts = useIdentityTexts()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const asked = search.get('next')
  return (
    <AuthFrame
      title={texts.create_account}
      intro={texts.gift}
      after={
        <span>
          {texts.have_account} <Link to={paths.signIn(asked ?? undefined)}>{texts.sign_in_action}</Link>
        </span>
      }
    >
      <PageTitle>{texts.sign_up}</PageTitle>
      {/* With and without tokens the next step is the letter: the answer must not tell who already has an account. */}
      <SignUpForm
        next={safeNext(asked, paths.home())}
        onDone={() => void navigate(paths.verifyEmail(asked ?? undefined), { replace: true })}
      />
    </AuthFrame>
  )
}
