import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { MailedLink } from './mailed-link.tsx'
import { verifyEmail } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function VerifyByLink({ token, next }: { token: string; next: string }) {
  const texts = useIdentityTexts()
  return (
    <MailedLink
      token={token}
      work={verifyEmail}
      working={texts.verifying}
      done={{
        title: texts.verified_title,
        text: texts.verified_text,
        action: (
          <LinkButton kind="primary" to={next}>
            {texts.continue}
          </LinkButton>
        ),
      }}
      failed={{
        title: texts.verify_title,
        action: <LinkButton to={paths.verifyEmail()}>{texts.continue}</LinkButton>,
      }}
    />
  )
}
