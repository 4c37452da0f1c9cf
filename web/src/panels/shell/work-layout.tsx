import type { ReactNode } from 'react'
import { Outlet } from 'react-router'
import { MenuLink } from '../../lib/router/menu-link.tsx'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { BottomNav, type NavItem } from './bottom-nav.tsx'
import { Preferences } from './preferences.tsx'
import { RequireAccount } from './require-account.tsx'
import { useShellTexts } from './texts.ts'
import { Wordmark } from './wordmark.tsx'
import styles from './work-layout.module.css'

type WorkLayoutProps = {
  kind: 'shop' | 'admin'
  /** Name of the panel beside the wordmark. */
  title: string
  items: readonly NavItem[]
  /** Stands at the bottom of the side column: who is signed in, sign out. */
  aside?: ReactNode
}

/** Frame of the panels people work in: a side column on wide screens, a bar under the thumb on phones. */
export function WorkLayout({ kind, title, items, aside }: WorkLayoutProps) {
  const texts = useShellTexts()
  return (
    <div className={styles.layout}>
      <header className={styles.side}>
        <Wordmark suffix={title} />
        <nav className={styles.nav} aria-label={texts.main_navigation}>
          {items.map((item) => (
            <MenuLink key={item.to} to={item.to} end={item.end} className={styles.item}>
              <Icon name={item.icon} size={20} />
              {item.label}
            </MenuLink>
          ))}
        </nav>
        <div className={styles.foot}>
          {aside}
          <Preferences />
          <MenuLink className={styles.item} to={paths.home()} end>
            <Icon name="left" size={20} />
            {texts.to_site}
          </MenuLink>
        </div>
      </header>
      <main className={styles.main} id="main" tabIndex={-1}>
        <RequireAccount kind={kind}>
          <Outlet />
        </RequireAccount>
      </main>
      <BottomNav label={texts.main_navigation} items={items.slice(0, 5)} />
    </div>
  )
}
