import type { Product } from '../../api/types.ts'
import { Badge } from '../../ui/badge.tsx'
import { useCardTexts } from './texts.ts'

/** Where the card stands, in one word. */
export function StatusBadge({ product }: { product: Product }) {
  const texts = useCardTexts()
  if (product.moderation_status === 'pending') return <Badge tone="warning">{texts.status_pending}</Badge>
  if (product.moderation_status === 'rejected') return <Badge tone="danger">{texts.status_rejected}</Badge>
  if (!product.is_active) return <Badge>{texts.status_off}</Badge>
  return <Badge tone="success">{texts.status_approved}</Badge>
}
