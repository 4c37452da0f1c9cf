import { useNavigate, useSearchParams } from 'react-router'
import { CardList } from '../../features/shop-cards/card-list.tsx'
import { ListTools } from '../../features/shop-cards/list-tools.tsx'
import { type CardFilter, STATUSES } from '../../features/shop-cards/queries.ts'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { AddCardLink } from './add-card-link.tsx'
import styles from './products-page.module.css'

export function ProductsPage() {
  const texts = useCardTexts()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const filter = filterFrom(search)
  const status = filter.status === 'all' ? {} : { status: filter.status }
  return (
    <ShopLoader>
      {(shop) => (
        <div className={styles.page}>
          <PageTitle>{texts.cards}</PageTitle>
          <header className={styles.head}>
            <h1>{texts.cards}</h1>
            <AddCardLink shop={shop} />
          </header>
          <ListTools
            filter={filter}
            onSearch={(query) => void navigate(paths.shopProducts({ ...status, query }))}
          />
          <CardList filter={filter} addAction={<AddCardLink shop={shop} />} />
        </div>
      )}
    </ShopLoader>
  )
}

function filterFrom(search: URLSearchParams): CardFilter {
  return {
    status: STATUSES.find((status) => status === search.get('status')) ?? 'all',
    query: (search.get('query') ?? '').slice(0, 200),
  }
}
