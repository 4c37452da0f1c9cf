import { useAccountType } from '../../../api/browser-session.ts'
import { LinkButton } from '../../../lib/router/link-button.tsx'
import { paths } from '../../../paths.ts'
import { MailedLink } from '../mailed-link.tsx'
import { useIdentityTexts } from '../texts.ts'
import { confirmEmailChange } from './requests.ts'
import { useSecurityTexts } from './texts.ts'

/** The new address, confirmed from its own mailbox; whoever opens the link need not be signed in. */
export function ConfirmEmailByLink({ token }: { token: string }) {
  const texts = useSecurityTexts()
  return (
    <MailedLink
      token={token}
      work={confirmEmailChange}
      working={texts.email_confirming}
      done={{ title: texts.email_changed_title, text: texts.email_changed_text, action: <Onward /> }}
      failed={{ title: texts.email_failed_title, action: <Onward /> }}
    />
  )
}

/** Back to where the change was asked for. */
export function Onward() {
  const texts = useSecurityTexts()
  const identity = useIdentityTexts()
  const account_type = useAccountType()
  if (account_type === null) {
    return (
      <LinkButton kind="primary" to={paths.signIn(paths.accountSecurity())}>
        {identity.sign_in_action}
      </LinkButton>
    )
  }
  return (
    <LinkButton kind="primary" to={account_type === 'shop' ? paths.shopSecurity() : paths.accountSecurity()}>
      {texts.to_security}
    </LinkButton>
  )
}
