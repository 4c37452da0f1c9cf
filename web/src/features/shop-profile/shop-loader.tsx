import type { ReactNode } from 'react'
import { useMyShop } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Shop } from '../../api/types.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useShopTexts } from './texts.ts'

/** Fetches the own shop and shows what stands in for it until, or unless, it is there. */
export function ShopLoader({ children }: { children: (shop: Shop) => ReactNode }) {
  const texts = useShopTexts()
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
    <ReadFailed
      title={texts.failed_title}
      problem={problemText(shop.error)}
      onRetry={() => void shop.refetch()}
    />
  )
}
