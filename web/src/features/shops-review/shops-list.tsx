import { useProblemText } from '../../api/problems.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { useShopsInReview } from './queries.ts'
import { ShopCase } from './shop-case.tsx'
import styles from './shops-list.module.css'
import { useReviewTexts } from './texts.ts'

/** Shops that wait for a decision, newest first. */
export function ShopsList({ withRejected }: { withRejected: boolean }) {
  const texts = useReviewTexts()
  const problemText = useProblemText()
  const found = useShopsInReview(withRejected)
  if (found.isPending) {
    return (
      <div role="status" className={styles.list}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  const shops = found.data.pages.flatMap((page) => page.shops)
  if (shops.length === 0) {
    return (
      <State icon="check" title={texts.empty_title}>
        <p>{texts.empty_text}</p>
      </State>
    )
  }
  return (
    <>
      <ul className={styles.list} aria-label={texts.title}>
        {shops.map((shop) => (
          <ShopCase key={shop.id} shop={shop} />
        ))}
      </ul>
      <ShowMore list={found} problem={found.isFetchNextPageError ? problemText(found.error) : null} />
    </>
  )
}
