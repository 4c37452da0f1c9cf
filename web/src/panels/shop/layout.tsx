import { useAccountType } from '../../api/browser-session.ts'
import { CardEvents } from '../../features/shop-cards/card-events.tsx'
import { ShopEvents } from '../../features/shop-profile/shop-events.tsx'
import { paths } from '../../paths.ts'
import { WorkLayout } from '../shell/work-layout.tsx'
import { ShopAside } from './aside.tsx'
import { SwitchPage } from './switch-page.tsx'
import { useShopPanelTexts } from './texts.ts'

/** Frame of the pages on which a shop works. Somebody else is offered the way to a shop. */
export function ShopLayout() {
  const texts = useShopPanelTexts()
  const account_type = useAccountType()
  if (account_type !== 'shop') return <SwitchPage isUser={account_type === 'user'} />
  return (
    <>
      <CardEvents />
      <ShopEvents />
      <WorkLayout
        kind="shop"
        title={texts.title}
        items={[
          { to: paths.shop(), label: texts.overview, icon: 'home', end: true },
          { to: paths.shopProducts(), label: texts.products, icon: 'hanger' },
          { to: paths.shopTransactions(), label: texts.money, icon: 'wallet' },
          { to: paths.shopJournal(), label: texts.journal, icon: 'clock' },
          { to: paths.shopProfile(), label: texts.profile, icon: 'shop' },
        ]}
        aside={<ShopAside />}
      />
    </>
  )
}
