import { DeleteShop } from '../../features/compliance/delete-shop.tsx'
import { MyShopPicture } from '../../features/profile-picture/my-picture.tsx'
import { ProfileForm } from '../../features/shop-profile/profile-form.tsx'
import { ShopBadge } from '../../features/shop-profile/shop-badge.tsx'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { StateNotice } from '../../features/shop-profile/state-notice.tsx'
import { useShopTexts } from '../../features/shop-profile/texts.ts'
import { Visibility } from '../../features/shop-profile/visibility.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { Preferences } from '../shell/preferences.tsx'
import styles from './profile-page.module.css'
import { useShopPanelTexts } from './texts.ts'

export function ProfilePage() {
  const texts = useShopTexts()
  const panel = useShopPanelTexts()
  return (
    <ShopLoader>
      {(shop) => (
        <div className={styles.page}>
          <PageTitle>{texts.profile}</PageTitle>
          <header className={styles.head}>
            <div className={styles.name}>
              <MyShopPicture />
              <h1>{texts.profile}</h1>
              <ShopBadge shop={shop} />
            </div>
            <p className={styles.text}>{texts.profile_text}</p>
          </header>
          {!shop.is_approved && <StateNotice shop={shop} />}
          <ProfileForm shop={shop} />
          <Visibility shop={shop} />
          <section className={styles.section} aria-labelledby="account-title">
            <h2 id="account-title">{texts.account}</h2>
            <p className={styles.text}>{texts.account_text}</p>
            <div className={styles.ways}>
              <LinkButton icon="shield" to={paths.shopSecurity()}>
                {panel.security}
              </LinkButton>
              <LinkButton icon="user" to={paths.account()}>
                {texts.to_account}
              </LinkButton>
            </div>
          </section>
          <DeleteShop shop={shop} />
          <section className={styles.phone} aria-labelledby="preferences-title">
            <h2 id="preferences-title">{panel.preferences}</h2>
            <Preferences />
          </section>
        </div>
      )}
    </ShopLoader>
  )
}
