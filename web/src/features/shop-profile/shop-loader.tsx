import type { ReactNode } from 'react'
import { useMyShop } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Shop } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useShopTexts } from './texts.ts'

/** Fetches the own shop and shows what stands in for it until, or unless, it is there. */
export function ShopLoader({ children }: { children: (shop: Shop) => ReactNode }) {
  const texts = useShopTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const shop = useMyShop()
  if (shop.data) return children(shop.data)
  if (shop.isPending) {
    return (
      <div role="status">
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="title" />
        <Skeleton shape="block" />
      </div>
    )
  }
  return (
    <State
      icon="warning"
      title={texts.failed_title}
      announce
      action={<Button onClick={() => void shop.refetch()}>{ui.retry}</Button>}
    >
      <p>{problemText(shop.error)}</p>
    </State>
  )
}
