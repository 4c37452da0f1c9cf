import type { Shop } from '../../api/types.ts'
import { Badge } from '../../ui/badge.tsx'
import { shopStateOf } from './shop-state.ts'
import { useShopTexts } from './texts.ts'

const TONES = {
  pending: 'warning',
  rejected: 'danger',
  active: 'success',
  paused: 'plain',
  blocked: 'danger',
} as const

export function ShopBadge({ shop }: { shop: Shop }) {
  const texts = useShopTexts()
  const state = shopStateOf(shop)
  return <Badge tone={TONES[state]}>{texts[`state_${state}`]}</Badge>
}
