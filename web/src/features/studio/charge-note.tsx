import { useMe } from '../../api/me.ts'
import { usePlatform } from '../../api/platform.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './charge-note.module.css'
import { useStudioTexts } from './texts.ts'

/** What the next one will cost, before it is asked for (contract 4.2: a free credit first, then the wallet). */
export function ChargeNote({ kind }: { kind: 'try_on' | 'generation' }) {
  const texts = useStudioTexts()
  const language = useLanguage()
  const me = useMe()
  const platform = usePlatform()
  const price = kind === 'try_on' ? platform.try_on_price : platform.generation_price
  if (!me.data) return null
  const free = kind === 'try_on' ? me.data.free_try_ons_left : me.data.free_generations_left
  if (free > 0)
    return (
      <p className={styles.note}>
        {kind === 'try_on' ? texts.free_left(free) : texts.free_generations_left(free)}
      </p>
    )
  if (price === null) return null
  const words = [
    formatMoney(price, platform.currency, language),
    formatMoney(me.data.balance, platform.currency, language),
  ] as const
  if (me.data.balance < price) return <Notice tone="warning">{texts.too_little(...words)}</Notice>
  return <p className={styles.note}>{texts.costs(...words)}</p>
}
