import { Link } from 'react-router'
import { shopByAdminCan } from '../../api/can.ts'
import { usePlatform } from '../../api/platform.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { formatDate } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Facts } from '../../ui/facts.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import type { ShopInList } from './queries.ts'
import styles from './shop-line.module.css'
import { useReviewTexts } from './texts.ts'

type ShopLineProps = {
  shop: ShopInList
  selected: boolean
  busy: boolean
  onSelect: (selected: boolean) => void
  onApprove: () => void
  onBlock: () => void
}

/** One shop of the list of all, with the decision that fits its state. */
export function ShopLine({ shop, selected, busy, onSelect, onApprove, onBlock }: ShopLineProps) {
  const texts = useReviewTexts()
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <Checkbox checked={selected} onChange={onSelect}>
          <VisuallyHidden>{texts.select(shop.shop_name)}</VisuallyHidden>
        </Checkbox>
        <h2 className={styles.name}>{shop.shop_name}</h2>
        <ShopState shop={shop} />
      </div>
      {shop.block_reason !== null && (
        <p className={styles.reason}>
          <span className={styles.reasonName}>{texts.block_reason_was}:</span> {shop.block_reason}
        </p>
      )}
      <ShopFacts shop={shop} />
      <div className={styles.actions}>
        {shopByAdminCan.block(shop).allowed ? (
          <Button size="small" kind="danger" icon="close" disabled={busy} onClick={onBlock}>
            {texts.block}
          </Button>
        ) : (
          <Button size="small" icon="check" disabled={busy} onClick={onApprove}>
            {shop.is_blocked ? texts.unblock : texts.approve}
          </Button>
        )}
        <Link className={styles.trail} to={paths.adminAudit({ entity_type: 'shop', entity_id: shop.id })}>
          {texts.trail}
        </Link>
      </div>
    </li>
  )
}

function ShopState({ shop }: { shop: ShopInList }) {
  const texts = useReviewTexts()
  if (shop.is_blocked) return <Badge tone="danger">{texts.state_blocked}</Badge>
  if (shop.rejection_reason !== null) return <Badge tone="danger">{texts.state_rejected}</Badge>
  if (!shop.is_approved) return <Badge tone="warning">{texts.state_new}</Badge>
  return shop.is_active ? (
    <Badge tone="success">{texts.state_open}</Badge>
  ) : (
    <Badge>{texts.state_paused}</Badge>
  )
}

function ShopFacts({ shop }: { shop: ShopInList }) {
  const texts = useReviewTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return (
    <Facts
      none={texts.not_given}
      facts={[
        [texts.owner, shop.owner_name],
        [texts.email, shop.email],
        [texts.balance, formatMoney(shop.balance, currency, language)],
        [
          texts.cards,
          texts.cards_shown(
            formatNumber(shop.active_products, language),
            formatNumber(shop.total_products, language),
          ),
        ],
        [texts.registered, formatDate(shop.created_at, language)],
      ]}
    />
  )
}
