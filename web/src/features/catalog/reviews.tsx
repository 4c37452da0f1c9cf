import { useProblemText } from '../../api/problems.ts'
import type { Review } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { formatDate } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Stars } from '../../ui/stars.tsx'
import { useReviewStats, useReviews } from './queries.ts'
import styles from './reviews.module.css'
import { useCatalogTexts } from './texts.ts'

export function Reviews({ product_id }: { product_id: number }) {
  const texts = useCatalogTexts()
  const problemText = useProblemText()
  const reviews = useReviews(product_id)
  const all = reviews.data?.pages.flat() ?? []
  return (
    <section className={styles.reviews} id="reviews" aria-labelledby="reviews-title">
      <h2 id="reviews-title">{texts.reviews}</h2>
      {reviews.isPending && <Skeleton shape="block" />}
      {reviews.isError && (
        <Notice tone="danger" action={<Button onClick={() => void reviews.refetch()}>{texts.retry}</Button>}>
          {problemText(reviews.error)}
        </Notice>
      )}
      {reviews.isSuccess && all.length === 0 && <p className={styles.none}>{texts.no_reviews}</p>}
      {all.length > 0 && (
        <div className={styles.columns}>
          <Summary product_id={product_id} />
          <div>
            <ul>
              {all.map((review) => (
                <ReviewItem key={review.id} review={review} />
              ))}
            </ul>
            {reviews.hasNextPage && (
              <Button busy={reviews.isFetchingNextPage} onClick={() => void reviews.fetchNextPage()}>
                {texts.more_reviews}
              </Button>
            )}
          </div>
        </div>
      )}
    </section>
  )
}

const MARKS = ['5', '4', '3', '2', '1'] as const

function Summary({ product_id }: { product_id: number }) {
  const texts = useCatalogTexts()
  const language = useLanguage()
  const stats = useReviewStats(product_id)
  if (!stats.data) return <div />
  const { average_rating, total_reviews, rating_distribution } = stats.data
  const average = formatNumber(average_rating, language, 1)
  return (
    <div className={styles.summary}>
      <p className={styles.average}>{average}</p>
      <p className={styles.averageWords}>
        <Stars rating={average_rating} label={texts.rating(average)} size={18} />
        {texts.reviews_count(total_reviews)}
      </p>
      <ul className={styles.bars}>
        {MARKS.map((mark) => {
          const count = rating_distribution?.[mark] ?? 0
          return (
            <li key={mark} className={styles.bar}>
              <span aria-hidden="true">{mark}</span>
              <meter
                className={styles.meter}
                min={0}
                max={Math.max(1, total_reviews)}
                value={count}
                aria-label={texts.rating_share(Number(mark), count)}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function ReviewItem({ review }: { review: Review }) {
  const texts = useCatalogTexts()
  const language = useLanguage()
  return (
    <li className={styles.review}>
      <div className={styles.head}>
        <h3>{review.user_name}</h3>
        <time className={styles.date} dateTime={review.created_at}>
          {formatDate(review.created_at, language)}
        </time>
      </div>
      <Stars rating={review.rating} label={texts.rating(String(review.rating))} />
      {review.comment !== null && <p className={styles.comment}>{review.comment}</p>}
    </li>
  )
}
