import { useParams, useSearchParams } from 'react-router'
import { useAccountType } from '../../api/browser-session.ts'
import { usePlatform } from '../../api/platform.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import type { IconName } from '../../ui/icon.tsx'
import { State } from '../../ui/state.tsx'
import { SmallFrame } from './small-frame.tsx'
import { useShopPanelTexts } from './texts.ts'

/** Where the payment provider's page sends the payer back to (contract 2.12). The server has settled by then. */
export function PaymentPage() {
  const texts = useShopPanelTexts()
  const isShop = useAccountType() === 'shop'
  const { icon, title, text } = useOutcome()
  return (
    <SmallFrame title={texts.payment_title}>
      <State
        icon={icon}
        title={title}
        action={
          <LinkButton kind="primary" to={isShop ? paths.shopTransactions() : paths.account()}>
            {icon === 'check' ? texts.to_balance : texts.go_back}
          </LinkButton>
        }
      >
        <p>{text}</p>
      </State>
    </SmallFrame>
  )
}

function useOutcome(): { icon: IconName; title: string; text: string } {
  const texts = useShopPanelTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const { end } = useParams()
  const [search] = useSearchParams()
  if (end === 'cancel') return { icon: 'close', title: texts.cancelled_title, text: texts.cancelled_text }
  if (end !== 'success') return { icon: 'warning', title: texts.unpaid_title, text: texts.unpaid_text }
  // Only for the eye: the balance is read from the server.
  const amount = Number(search.get('amount'))
  const text = amount > 0 ? texts.paid_text(formatMoney(amount, currency, language)) : texts.paid_soon
  return { icon: 'check', title: texts.paid_title, text }
}
