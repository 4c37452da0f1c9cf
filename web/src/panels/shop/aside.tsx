import { session } from '../../api/browser-session.ts'
import { useMyShop } from '../../api/me.ts'
import { MenuLink } from '../../lib/router/menu-link.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './aside.module.css'
import { useShopPanelTexts } from './texts.ts'

/** Who is signed in, and the way out. */
export function ShopAside() {
  const texts = useShopPanelTexts()
  const shop = useMyShop()
  return (
    <div className={styles.aside}>
      {shop.data && (
        <p className={styles.who}>
          <span className={styles.label}>{texts.signed_in_as}</span>
          {shop.data.shop_name}
        </p>
      )}
      <MenuLink to={paths.shopSecurity()} className={styles.link}>
        <Icon name="shield" size={20} />
        {texts.security}
      </MenuLink>
      <Button size="small" kind="quiet" icon="exit" onClick={() => void session.signOut()}>
        {texts.sign_out}
      </Button>
    </div>
  )
}
