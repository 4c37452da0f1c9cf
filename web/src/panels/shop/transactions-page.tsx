import { BalanceLine } from '../../features/shop-profile/balance-line.tsx'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { useShopTexts } from '../../features/shop-profile/texts.ts'
import { TopUp } from '../../features/shop-profile/top-up.tsx'
import { TransactionList } from '../../features/shop-profile/transaction-list.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useShopPanelTexts } from './texts.ts'
import styles from './transactions-page.module.css'

export function TransactionsPage() {
  const texts = useShopTexts()
  const panel = useShopPanelTexts()
  return (
    <div className={styles.page}>
      <PageTitle>{panel.money}</PageTitle>
      <h1>{panel.money}</h1>
      <ShopLoader>
        {(shop) => (
          <div className={styles.balance}>
            <BalanceLine shop={shop} />
            <TopUp />
          </div>
        )}
      </ShopLoader>
      <section className={styles.section} aria-labelledby="transactions-title">
        <h2 id="transactions-title">{texts.transactions}</h2>
        <TransactionList />
      </section>
    </div>
  )
}
