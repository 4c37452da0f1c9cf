import { Navigate } from 'react-router'
import { useAccountType } from '../../api/browser-session.ts'
import { SecuritySettings } from '../../features/identity/security/security-settings.tsx'
import { useSecurityTexts } from '../../features/identity/security/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { RequireAccount } from '../shell/require-account.tsx'
import styles from './security-page.module.css'

export function SecurityPage() {
  const texts = useSecurityTexts()
  if (useAccountType() === 'shop') return <Navigate to={paths.shopSecurity()} replace />
  return (
    <div className={styles.page}>
      <PageTitle>{texts.title}</PageTitle>
      <RequireAccount kind="user">
        <SecuritySettings />
      </RequireAccount>
    </div>
  )
}
