import { SecuritySettings } from '../../features/identity/security/security-settings.tsx'
import { useSecurityTexts } from '../../features/identity/security/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'

export function SecurityPage() {
  return (
    <>
      <PageTitle>{useSecurityTexts().title}</PageTitle>
      <SecuritySettings />
    </>
  )
}
