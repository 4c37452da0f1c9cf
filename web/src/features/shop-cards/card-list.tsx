import type { ReactNode } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { ShowMore } from '../../ui/show-more.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './card-list.module.css'
import { CardRow } from './card-row.tsx'
import { type CardFilter, useMyCards } from './queries.ts'
import { useCardTexts } from './texts.ts'

/** Own cards that fit the filter, page by page. */
export function CardList({ filter, addAction }: { filter: CardFilter; addAction: ReactNode }) {
  const texts = useCardTexts()
  const problemText = useProblemText()
  const found = useMyCards(filter)
  if (found.isPending) return <CardListSkeleton />
  if (found.isError && !found.data) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  const cards = found.data.pages.flat()
  if (cards.length === 0) return <NoCards filter={filter} addAction={addAction} />
  return (
    <div aria-busy={found.isPlaceholderData} className={found.isPlaceholderData ? styles.old : undefined}>
      <VisuallyHidden>
        <span role="status">{texts.shown(cards.length)}</span>
      </VisuallyHidden>
      <ul aria-label={texts.cards}>
        {cards.map((product) => (
          <CardRow key={product.id} product={product} />
        ))}
      </ul>
      <ShowMore list={found} problem={found.isFetchNextPageError ? problemText(found.error) : null} />
    </div>
  )
}

function NoCards({ filter, addAction }: { filter: CardFilter; addAction: ReactNode }) {
  const texts = useCardTexts()
  const isFiltered = filter.status !== 'all' || filter.query !== ''
  if (!isFiltered) {
    return (
      <State icon="hanger" title={texts.empty_title} action={addAction}>
        <p>{texts.empty_text}</p>
      </State>
    )
  }
  return (
    <State
      icon="search"
      title={texts.none_title}
      action={<LinkButton to={paths.shopProducts()}>{texts.show_all}</LinkButton>}
    >
      <p>{texts.none_text}</p>
    </State>
  )
}

export function CardListSkeleton() {
  const texts = useCardTexts()
  return (
    <div role="status">
      <VisuallyHidden>{texts.loading}</VisuallyHidden>
      {Array.from({ length: 5 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never change their order
        <div key={index} className={styles.waiting}>
          <Skeleton shape="picture" />
          <div>
            <Skeleton className={styles.waitingName} />
            <Skeleton className={styles.waitingPrice} />
          </div>
        </div>
      ))}
    </div>
  )
}
