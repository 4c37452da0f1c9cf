import type { ReactNode } from 'react'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Product } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useMyCard } from './queries.ts'
import { useCardTexts } from './texts.ts'

/** Fetches one own card and shows what stands in for it until, or unless, it is there. */
export function CardLoader({
  product_id,
  children,
}: {
  product_id: number
  children: (product: Product) => ReactNode
}) {
  const texts = useCardTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const card = useMyCard(product_id)
  if (card.data) return children(card.data)
  if (card.isPending) {
    return (
      <div role="status">
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="title" />
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </div>
    )
  }
  const isGone = card.error instanceof ApiProblem && card.error.status === 404
  return (
    <State
      icon={isGone ? 'hanger' : 'warning'}
      title={isGone ? texts.gone_title : texts.failed_title}
      announce
      action={
        isGone ? (
          <LinkButton to={paths.shopProducts()}>{texts.to_cards}</LinkButton>
        ) : (
          <Button onClick={() => void card.refetch()}>{ui.retry}</Button>
        )
      }
    >
      <p>{isGone ? texts.gone_text : problemText(card.error)}</p>
    </State>
  )
}
