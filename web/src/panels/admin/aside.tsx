import { session } from '../../api/browser-session.ts'
import { useMe } from '../../api/me.ts'
import { MenuLink } from '../../lib/router/menu-link.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './aside.module.css'
import { useAdminPanelTexts } from './texts.ts'

/** Who is signed in, and the way out. */
export function AdminAside() {
  const texts = useAdminPanelTexts()
  const me = useMe()
  if (!me.data) return null
  return (
    <div className={styles.aside}>
      <p className={styles.who}>
        <span className={styles.label}>{texts.signed_in_as}</span>
        {me.data.name}
      </p>
      <MenuLink to={paths.adminSecurity()} className={styles.link}>
        <Icon name="shield" size={20} />
        {texts.security}
      </MenuLink>
      <Button size="small" kind="quiet" icon="exit" onClick={() => void session.signOut()}>
        {texts.sign_out}
      </Button>
    </div>
  )
}
