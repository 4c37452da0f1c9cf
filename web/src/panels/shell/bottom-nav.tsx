import { MenuLink } from '../../lib/router/menu-link.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import styles from './bottom-nav.module.css'

export type NavItem = {
  to: string
  label: string
  icon: IconName
  /** Marked only on exactly this page, not on those below it. */
  end?: boolean
}

/** Navigation under the thumb; only phones show it. At most five items. */
export function BottomNav({ label, items }: { label: string; items: readonly NavItem[] }) {
  return (
    <nav className={styles.nav} aria-label={label}>
      {items.map((item) => (
        <MenuLink key={item.to} to={item.to} end={item.end} className={styles.item}>
          <Icon name={item.icon} />
          <span className={styles.label}>{item.label}</span>
        </MenuLink>
      ))}
    </nav>
  )
}
