import { Link } from 'react-router'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { ChipCount, chipClass } from '../../ui/chip.tsx'
import { SHOP_STATES, useShopsWaiting } from './queries.ts'
import styles from './shop-tabs.module.css'
import { useReviewTexts } from './texts.ts'

/** Which shops: those that wait, all, or the blocked ones. */
export function ShopTabs({ state }: { state: (typeof SHOP_STATES)[number] }) {
  const texts = useReviewTexts()
  const language = useLanguage()
  const waiting = useShopsWaiting()
  return (
    <nav className={styles.states} aria-label={texts.states_label}>
      {SHOP_STATES.map((known) => (
        <Link
          key={known}
          className={chipClass}
          to={paths.adminShops(known === 'waiting' ? {} : { state: known })}
          aria-current={known === state ? 'page' : undefined}
          preventScrollReset
        >
          {texts.states[known]}
          {known === 'waiting' && waiting !== null && (
            <ChipCount>{formatNumber(waiting, language)}</ChipCount>
          )}
        </Link>
      ))}
    </nav>
  )
}
