import type { ReactNode } from 'react'
import { useMyShop } from '../../api/me.ts'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './account.module.css'
import { BuyerButton } from './buyer-button.tsx'
import { SecurityLink } from './security/security-link.tsx'
import { useIdentityTexts } from './texts.ts'

/** The little that a shop needs outside its panel. */
export function ShopAccount({ preferences }: { preferences: ReactNode }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const language = useLanguage()
  const { currency } = usePlatform()
  const shop = useMyShop()
  if (shop.isPending) return <Skeleton shape="block" />
  if (shop.isError) {
    return (
      <ReadFailed
        level={1}
        title={texts.failed_title}
        problem={problemText(shop.error)}
        onRetry={() => void shop.refetch()}
      />
    )
  }
  return (
    <div className={styles.account}>
      <header className={styles.head}>
        <span className={styles.initial} aria-hidden="true">
          {Array.from(shop.data.shop_name)[0]?.toUpperCase()}
        </span>
        <div className={styles.who}>
          <h1>{shop.data.shop_name}</h1>
          <p className={styles.email}>{shop.data.email}</p>
        </div>
      </header>
      {!shop.data.is_approved && (
        <Notice tone="warning" title={texts.shop_waiting_title}>
          {shop.data.rejection_reason ?? texts.shop_waiting_text}
        </Notice>
      )}
      <dl className={styles.means}>
        <div className={styles.mean}>
          <dt>{texts.balance}</dt>
          <dd>{formatMoney(shop.data.balance, currency, language)}</dd>
        </div>
      </dl>
      <LinkButton kind="primary" size="large" icon="shop" to={paths.shop()}>
        {texts.shop_panel}
      </LinkButton>
      <BuyerButton />
      <section className={styles.section} aria-labelledby="preferences-title">
        <h2 id="preferences-title">{texts.preferences}</h2>
        {preferences}
      </section>
      <SecurityLink to={paths.shopSecurity()} />
    </div>
  )
}
