import { useProblemText } from '../../api/problems.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import styles from './newest-row.module.css'
import { ProductGrid, ProductGridSkeleton } from './product-grid.tsx'
import { useFewProducts } from './queries.ts'
import { useCatalogTexts } from './texts.ts'

const SHOWN = 8

export function NewestRow() {
  const texts = useCatalogTexts()
  const problemText = useProblemText()
  const newest = useFewProducts({ limit: 12 })
  if (newest.isError) {
    return (
      <State
        icon="warning"
        title={texts.failed_title}
        action={<Button onClick={() => void newest.refetch()}>{texts.retry}</Button>}
      >
        <p>{problemText(newest.error)}</p>
      </State>
    )
  }
  return (
    <section className={styles.section} aria-labelledby="newest-title" aria-busy={newest.isPending}>
      <h2 id="newest-title">{texts.new_title}</h2>
      {newest.data ? (
        <ProductGrid products={newest.data.products.slice(0, SHOWN)} label={texts.new_title} />
      ) : (
        <ProductGridSkeleton count={SHOWN} />
      )}
      <div className={styles.all}>
        <LinkButton to={paths.catalog()}>{texts.see_all}</LinkButton>
      </div>
    </section>
  )
}
