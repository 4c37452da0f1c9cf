import { useNavigate, useSearchParams } from 'react-router'
import { AllShops } from '../../features/shops-review/all-shops.tsx'
import { SHOP_STATES, type ShopsFilter, useShopsWaiting } from '../../features/shops-review/queries.ts'
import { ShopTabs } from '../../features/shops-review/shop-tabs.tsx'
import { ShopsList } from '../../features/shops-review/shops-list.tsx'
import { useReviewTexts } from '../../features/shops-review/texts.ts'
import { pageNumber } from '../../lib/router/page-number.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from './shops-page.module.css'

export function ShopsPage() {
  const texts = useReviewTexts()
  const [search] = useSearchParams()
  const state = SHOP_STATES.find((known) => known === search.get('state')) ?? 'waiting'
  return (
    <div className={styles.page}>
      <PageTitle>{texts.shops}</PageTitle>
      <h1>{texts.shops}</h1>
      <ShopTabs state={state} />
      {state === 'waiting' ? (
        <Waiting withRejected={search.get('rejected') === '1'} />
      ) : (
        <All filter={{ state, query: (search.get('query') ?? '').slice(0, 200), page: pageNumber(search) }} />
      )}
    </div>
  )
}

function Waiting({ withRejected }: { withRejected: boolean }) {
  const texts = useReviewTexts()
  const navigate = useNavigate()
  const waiting = useShopsWaiting()
  return (
    <>
      <div className={styles.head}>
        <p className={styles.count} role="status">
          {waiting !== null && texts.waiting(waiting)}
        </p>
        <Checkbox
          checked={withRejected}
          onChange={(next) =>
            void navigate(paths.adminShops(next ? { rejected: '1' } : {}), { replace: true })
          }
        >
          {texts.with_rejected}
        </Checkbox>
      </div>
      <ShopsList withRejected={withRejected} />
    </>
  )
}

function All({ filter }: { filter: ShopsFilter }) {
  const texts = useReviewTexts()
  const navigate = useNavigate()
  const { state, query } = filter
  return (
    <>
      <SearchField
        key={`${state} ${query}`}
        label={texts.search}
        query={query}
        onSearch={(next) => void navigate(paths.adminShops({ state, query: next }))}
      />
      <AllShops filter={filter} />
    </>
  )
}
