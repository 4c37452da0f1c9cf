import { useNavigate, useSearchParams } from 'react-router'
import { CatalogResults } from '../../features/catalog/catalog-results.tsx'
import { CatalogTools } from '../../features/catalog/catalog-tools.tsx'
import { CategoryChips } from '../../features/catalog/category-chips.tsx'
import { pathTo } from '../../features/catalog/category-tree.ts'
import { filtersFrom, searchOf } from '../../features/catalog/filters.ts'
import { useCategories, useProducts } from '../../features/catalog/queries.ts'
import { useCatalogTexts } from '../../features/catalog/texts.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import styles from './catalog-page.module.css'

export function CatalogPage() {
  const texts = useCatalogTexts()
  const ui = useUiTexts()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const filters = filtersFrom(search)
  const categories = useCategories()
  const found = useProducts(filters)
  const category = pathTo(categories.data ?? [], filters.category_id ?? null).at(-1)
  const title =
    filters.query === undefined ? (category?.name ?? texts.catalog) : texts.found_for(filters.query)
  const total = found.data?.pages.at(-1)?.total
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <div className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {total !== undefined && (
          <p className={styles.total} role="status">
            {texts.items(total)}
          </p>
        )}
      </div>
      {categories.data && <CategoryChips categories={categories.data} filters={searchOf(filters)} />}
      <div className={styles.tools}>
        <CatalogTools
          filters={filters}
          closeLabel={ui.close}
          onChange={(next) => void navigate(paths.catalog(searchOf(next)), { preventScrollReset: true })}
        />
      </div>
      <CatalogResults filters={filters} />
    </>
  )
}
