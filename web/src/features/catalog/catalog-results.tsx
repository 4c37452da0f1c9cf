import { useProblemText } from '../../api/problems.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { ShowMore } from '../../ui/show-more.tsx'
import { State } from '../../ui/state.tsx'
import styles from './catalog-results.module.css'
import type { Filters } from './filters.ts'
import { ProductGrid, ProductGridSkeleton } from './product-grid.tsx'
import { useProducts } from './queries.ts'
import { useCatalogTexts } from './texts.ts'

/** The grid with everything that can be there instead of it. */
export function CatalogResults({ filters }: { filters: Filters }) {
  const texts = useCatalogTexts()
  const problemText = useProblemText()
  const found = useProducts(filters)
  const products = found.data?.pages.flatMap((page) => page.products) ?? []
  const total = found.data?.pages.at(-1)?.total ?? 0

  if (found.isPending) return <ProductGridSkeleton count={8} />
  if (found.isError && products.length === 0) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  if (products.length === 0) {
    return (
      <State
        icon="search"
        title={texts.empty_title}
        action={<LinkButton to={paths.catalog()}>{texts.reset}</LinkButton>}
      >
        <p>{texts.empty_text}</p>
      </State>
    )
  }
  return (
    <div
      className={styles.results}
      aria-busy={found.isFetching}
      data-stale={found.isPlaceholderData || undefined}
    >
      <ProductGrid products={products} label={texts.catalog} />
      <ShowMore list={found} problem={found.isFetchNextPageError ? problemText(found.error) : null}>
        <p className={styles.shown} role="status">
          {texts.shown(products.length, total)}
        </p>
      </ShowMore>
    </div>
  )
}
