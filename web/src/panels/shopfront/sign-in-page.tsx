import { Link, useNavigate, useSearchParams } from 'react-router'
import { AuthFrame } from '../../features/identity/auth-frame.tsx'
import { SignInForm } from '../../features/identity/sign-in-form.tsx'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { safeNext } from '../../lib/safe-next.ts'
import { paths } from '../../paths.ts'

export function SignInPage() {
  const texts = useIdentityTexts()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const asked = search.get('next')
  const next = safeNext(asked, paths.home())
  return (
    <AuthFrame
      title={texts.welcome_back}
      after={
        <>
          <Link to={paths.forgotPassword()}>{texts.forgot}</Link>
          <span>
            {texts.no_account} <Link to={paths.signUp(asked ?? undefined)}>{texts.sign_up_action}</Link>
          </span>
        </>
      }
    >
      <PageTitle>{texts.sign_in}</PageTitle>
      <SignInForm
        next={next}
        onDone={(outcome, account_type) => {
          if (outcome === 'second_factor') return void navigate(paths.secondFactor(), { state: { next } })
          void navigate(asked === null && account_type === 'shop' ? paths.shop() : next, { replace: true })
        }}
      />
    </AuthFrame>
  )
}
