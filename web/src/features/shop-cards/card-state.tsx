import type { Product } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatDate } from '../../lib/time.ts'
import { Notice } from '../../ui/notice.tsx'
import { useCardTexts } from './texts.ts'

/** Where the card stands in moderation, why, and what comes next (contract 4.5). */
export function CardState({ product }: { product: Product }) {
  const texts = useCardTexts()
  if (product.moderation_status === 'pending') {
    return (
      <Notice tone="info" title={texts.status_pending}>
        <p>{texts.state_pending}</p>
      </Notice>
    )
  }
  if (product.moderation_status === 'rejected') {
    return (
      <Notice tone="danger" title={texts.status_rejected}>
        <p>{product.moderation_notes ?? texts.state_rejected_plain}</p>
        <p>{texts.state_rejected}</p>
      </Notice>
    )
  }
  return (
    <Notice
      tone={product.is_active ? 'success' : 'warning'}
      title={product.is_active ? texts.status_approved : texts.status_off}
    >
      <p>{product.is_active ? texts.state_approved : texts.state_off}</p>
      {product.moderation_notes !== null && (
        <p>
          {texts.moderator_note}: {product.moderation_notes}
        </p>
      )}
      <Rent product={product} />
    </Notice>
  )
}

function Rent({ product }: { product: Product }) {
  const texts = useCardTexts()
  const language = useLanguage()
  if (product.rent_expires_at === null) return null
  const date = formatDate(product.rent_expires_at, language)
  const isOver = Date.parse(product.rent_expires_at) <= Date.now()
  return <p>{isOver ? texts.state_rent_over(date) : texts.state_rent(date)}</p>
}
