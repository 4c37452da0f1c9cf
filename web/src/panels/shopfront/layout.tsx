import { Outlet } from 'react-router'
import { useAccountType } from '../../api/browser-session.ts'
import { useMe } from '../../api/me.ts'
import { MenuLink } from '../../lib/router/menu-link.tsx'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { BottomNav, type NavItem } from '../shell/bottom-nav.tsx'
import { Preferences } from '../shell/preferences.tsx'
import { QuickPreferences } from '../shell/quick-preferences.tsx'
import { useShellTexts } from '../shell/texts.ts'
import { Wordmark } from '../shell/wordmark.tsx'
import styles from './layout.module.css'
import { SearchBox } from './search-box.tsx'

/** Frame of the pages that buyers see. */
export function ShopfrontLayout() {
  const texts = useShellTexts()
  const signedIn = useAccountType() !== null
  const account: NavItem = signedIn
    ? { to: paths.account(), label: texts.account, icon: 'user' }
    : { to: paths.signIn(), label: texts.sign_in, icon: 'user' }
  const items: NavItem[] = [
    { to: paths.home(), label: texts.home, icon: 'home', end: true },
    { to: paths.catalog(), label: texts.catalog, icon: 'grid' },
    { to: paths.create(), label: texts.create, icon: 'sparkle' },
    { to: paths.history(), label: texts.history, icon: 'hanger' },
    account,
  ]
  return (
    <div className={styles.layout}>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Wordmark />
          <nav className={styles.nav} aria-label={texts.main_navigation}>
            <MenuLink to={paths.catalog()} className={styles.link}>
              {texts.catalog}
            </MenuLink>
            <MenuLink to={paths.create()} className={styles.link}>
              {texts.create_long}
            </MenuLink>
            <MenuLink to={paths.history()} className={styles.link}>
              {texts.history}
            </MenuLink>
            <PanelLinks />
          </nav>
          <SearchBox />
          <div className={styles.tools}>
            <QuickPreferences />
            <MenuLink to={account.to} className={styles.account}>
              <Icon name="user" />
              <span>{account.label}</span>
            </MenuLink>
          </div>
        </div>
      </header>
      <main className={styles.main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={styles.footer}>
        <div>
          <p className={styles.motto}>{texts.footer_line}</p>
          <p className={styles.small}>{texts.ai_line}</p>
        </div>
        <Preferences />
      </footer>
      <BottomNav label={texts.main_navigation} items={items} />
    </div>
  )
}

/** Ways to the other panels, for those who have them. */
function PanelLinks() {
  const texts = useShellTexts()
  const account_type = useAccountType()
  const me = useMe()
  if (account_type === 'shop') {
    return (
      <MenuLink to={paths.shop()} className={styles.link}>
        {texts.shop_panel}
      </MenuLink>
    )
  }
  if (me.data?.role !== 'admin') return null
  return (
    <MenuLink to={paths.admin()} className={styles.link}>
      {texts.admin_panel}
    </MenuLink>
  )
}
