import { useSearchParams } from 'react-router'
import { useShopsWaiting } from '../../features/shops-review/queries.ts'
import { ShopsList } from '../../features/shops-review/shops-list.tsx'
import { useReviewTexts } from '../../features/shops-review/texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import styles from './shops-page.module.css'

export function ShopsPage() {
  const texts = useReviewTexts()
  const waiting = useShopsWaiting()
  const [search, setSearch] = useSearchParams()
  const withRejected = search.get('rejected') === '1'
  return (
    <div className={styles.page}>
      <PageTitle>{texts.title}</PageTitle>
      <header className={styles.head}>
        <div>
          <h1>{texts.title}</h1>
          <p className={styles.count} role="status">
            {waiting !== null && texts.waiting(waiting)}
          </p>
        </div>
        <Checkbox
          checked={withRejected}
          onChange={(next) => setSearch(next ? { rejected: '1' } : {}, { replace: true })}
        >
          {texts.with_rejected}
        </Checkbox>
      </header>
      <ShopsList withRejected={withRejected} />
    </div>
  )
}
