import { usePlatform } from '../../api/platform.ts'
import type { Shop } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import styles from './shop-overview.module.css'
import { useShopTexts } from './texts.ts'

/** What the shop has, and what a card costs it. */
export function BalanceLine({ shop }: { shop: Shop }) {
  const texts = useShopTexts()
  const language = useLanguage()
  const { currency, approval_fee } = usePlatform()
  return (
    <div className={styles.balance}>
      <p className={styles.balanceName}>{texts.balance}</p>
      <p className={styles.balanceFigure}>{formatMoney(shop.balance, currency, language)}</p>
      {approval_fee !== null && approval_fee > 0 && (
        <p className={styles.balanceHint}>
          {texts.balance_fee(formatMoney(approval_fee, currency, language))}
        </p>
      )}
    </div>
  )
}
