import type { Shop } from '../../api/types.ts'
import { CardCounts } from '../../features/shop-cards/card-counts.tsx'
import { LatestCards } from '../../features/shop-cards/latest-cards.tsx'
import { useCardCounts } from '../../features/shop-cards/queries.ts'
import { BalanceLine } from '../../features/shop-profile/balance-line.tsx'
import { NextSteps } from '../../features/shop-profile/next-steps.tsx'
import { ShopBadge } from '../../features/shop-profile/shop-badge.tsx'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { StateNotice } from '../../features/shop-profile/state-notice.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { AddCardLink } from './add-card-link.tsx'
import styles from './overview-page.module.css'
import { useShopPanelTexts } from './texts.ts'

export function OverviewPage() {
  return <ShopLoader>{(shop) => <Overview shop={shop} />}</ShopLoader>
}

function Overview({ shop }: { shop: Shop }) {
  const texts = useShopPanelTexts()
  const cards = useCardCounts()
  return (
    <div className={styles.page}>
      <PageTitle>{texts.overview}</PageTitle>
      <header className={styles.head}>
        <div className={styles.name}>
          <h1>{shop.shop_name}</h1>
          <ShopBadge shop={shop} />
        </div>
        <AddCardLink shop={shop} />
      </header>
      <StateNotice shop={shop} />
      <div className={styles.columns}>
        <div className={styles.side}>
          <BalanceLine shop={shop} />
          <CardCounts />
        </div>
        <NextSteps shop={shop} cards={cards} />
      </div>
      <LatestCards
        title={texts.latest}
        action={
          <LinkButton kind="quiet" size="small" to={paths.shopProducts()}>
            {texts.all_products}
          </LinkButton>
        }
      />
    </div>
  )
}
