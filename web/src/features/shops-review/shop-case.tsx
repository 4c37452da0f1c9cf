import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney, formatNumber } from '../../lib/money.ts'
import { formatMoment } from '../../lib/time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { type ShopInReview, shopsKey } from './queries.ts'
import { RejectShopDialog } from './reject-shop-dialog.tsx'
import { approveShop } from './requests.ts'
import styles from './shop-case.module.css'
import { useReviewTexts } from './texts.ts'

/** One shop with what it says about itself, and the two decisions. */
export function ShopCase({ shop }: { shop: ShopInReview }) {
  const texts = useReviewTexts()
  const problemText = useProblemText()
  const [isRejecting, setRejecting] = useState(false)
  const approve = useMutation({
    mutationFn: () => approveShop(shop.id),
    onSuccess: () => {
      toast(texts.approved(shop.shop_name))
      return queryClient.invalidateQueries({ queryKey: shopsKey })
    },
  })
  const isRejected = shop.rejection_reason !== null
  return (
    <li className={styles.case}>
      <div className={styles.head}>
        <Avatar name={shop.shop_name} src={shop.avatar_url} />
        <h2 className={styles.name}>{shop.shop_name}</h2>
        <Badge tone={isRejected ? 'danger' : 'warning'}>
          {isRejected ? texts.state_rejected : texts.state_new}
        </Badge>
      </div>
      <p className={shop.description === null ? styles.none : styles.about}>
        {shop.description ?? texts.no_description}
      </p>
      {isRejected && (
        <p className={styles.reason}>
          <span className={styles.reasonName}>{texts.reason_was}:</span> {shop.rejection_reason}
        </p>
      )}
      <ShopFacts shop={shop} />
      {approve.isError && (
        <Notice tone="danger" title={texts.failed} announce>
          {problemText(approve.error)}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button kind="primary" icon="check" busy={approve.isPending} onClick={() => approve.mutate()}>
          {texts.approve}
        </Button>
        <Button kind="danger" icon="close" disabled={approve.isPending} onClick={() => setRejecting(true)}>
          {isRejected ? texts.reject_again : texts.reject}
        </Button>
      </div>
      <RejectShopDialog shop={shop} open={isRejecting} onOpenChange={setRejecting} />
    </li>
  )
}

function ShopFacts({ shop }: { shop: ShopInReview }) {
  const texts = useReviewTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const facts = [
    [texts.owner, shop.owner_name],
    [texts.email, shop.email],
    [texts.phone, shop.phone],
    [texts.address, shop.address],
    [texts.registered, formatMoment(shop.created_at, language)],
    [texts.balance, formatMoney(shop.balance, currency, language)],
    [texts.cards, formatNumber(shop.total_products, language)],
  ] as const
  return <Facts className={styles.facts} facts={facts} none={texts.not_given} />
}
