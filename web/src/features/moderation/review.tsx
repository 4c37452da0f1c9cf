import { moderationCan } from '../../api/can.ts'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { DecisionBar } from './decision-bar.tsx'
import styles from './review.module.css'
import { ReviewFacts } from './review-facts.tsx'
import { ReviewPictures } from './review-pictures.tsx'
import { ShopFacts } from './shop-facts.tsx'
import type { Command } from './shortcuts.ts'
import { useModerationTexts } from './texts.ts'
import type { Decisions } from './use-decisions.ts'

type ReviewProps = {
  product: Product
  picture: number
  onPicture: (index: number) => void
  /** Where the card stands in the queue; null when it does not wait. */
  place: { index: number; total: number } | null
  decisions: Decisions
  onCommand: (command: Command) => void
  onQueue: () => void
  /** Leaves the card in the queue and goes on. */
  onSkip: () => void
}

/** One card with everything that is needed to decide about it. */
export function Review({
  product,
  picture,
  onPicture,
  place,
  decisions,
  onCommand,
  onQueue,
  onSkip,
}: ReviewProps) {
  const texts = useModerationTexts()
  return (
    <article className={styles.review} aria-labelledby="review-title">
      <header className={styles.head}>
        <Button className={styles.back} kind="quiet" size="small" icon="left" onClick={onQueue}>
          {texts.to_queue}
        </Button>
        <h2 id="review-title">{product.name}</h2>
      </header>
      <Trouble product={product} decisions={decisions} onSkip={onSkip} />
      <div className={styles.columns}>
        <ReviewPictures images={product.images} index={picture} onIndex={onPicture} />
        <div className={styles.facts}>
          <ReviewFacts product={product} />
          <ShopFacts product={product} />
        </div>
      </div>
      <DecisionBar
        place={place}
        isPending={decisions.isPending}
        canApprove={moderationCan.approve(product)}
        canReject={moderationCan.reject(product)}
        onCommand={onCommand}
      />
    </article>
  )
}

type TroubleProps = { product: Product; decisions: Decisions; onSkip: () => void }

/** What the moderator must know before pressing again. */
function Trouble({ product, decisions, onSkip }: TroubleProps) {
  const texts = useModerationTexts()
  const problemText = useProblemText()
  const language = useLanguage()
  const { currency } = usePlatform()
  const poor = decisions.poor[product.id]
  if (poor) {
    return (
      <Notice
        tone="warning"
        title={texts.poor_title}
        announce
        action={
          <Button size="small" icon="right" onClick={onSkip}>
            {texts.poor_skip}
          </Button>
        }
      >
        {texts.poor_text(
          formatMoney(poor.required, currency, language),
          formatMoney(poor.current, currency, language),
        )}
      </Notice>
    )
  }
  if (decisions.failure?.product_id === product.id) {
    return (
      <Notice tone="danger" title={texts.failed} announce>
        {problemText(decisions.failure.error)}
      </Notice>
    )
  }
  if (product.moderation_status === 'pending') return null
  return (
    <Notice tone="info" title={texts.decided_title}>
      {product.moderation_status === 'approved' ? texts.decided_approved : texts.decided_rejected}
    </Notice>
  )
}
