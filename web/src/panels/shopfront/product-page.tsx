import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { ProductSkeleton } from '../../features/catalog/product-skeleton.tsx'
import { ProductView } from '../../features/catalog/product-view.tsx'
import { useProduct } from '../../features/catalog/queries.ts'
import { Reviews } from '../../features/catalog/reviews.tsx'
import { ShopRow } from '../../features/catalog/shop-row.tsx'
import { useCatalogTexts } from '../../features/catalog/texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import styles from './product-page.module.css'

export function ProductPage() {
  const product_id = useRouteId('product_id')
  return product_id === null ? <NotFoundPage /> : <FoundProduct product_id={product_id} />
}

function FoundProduct({ product_id }: { product_id: number }) {
  const texts = useCatalogTexts()
  const problemText = useProblemText()
  const product = useProduct(product_id)
  if (product.isPending) return <ProductSkeleton />
  if (product.isError) {
    const gone = product.error instanceof ApiProblem && product.error.status === 404
    return (
      <State
        level={1}
        icon={gone ? 'hanger' : 'warning'}
        title={gone ? texts.gone_title : texts.failed_title}
        announce
        action={
          gone ? (
            <LinkButton to={paths.catalog()}>{texts.back_to_catalog}</LinkButton>
          ) : (
            <Button onClick={() => void product.refetch()}>{texts.retry}</Button>
          )
        }
      >
        <p>{gone ? texts.gone_text : problemText(product.error)}</p>
      </State>
    )
  }
  return (
    <div className={styles.page}>
      <PageTitle>{product.data.name}</PageTitle>
      <ProductView product={product.data} />
      <Reviews product_id={product_id} />
      <ShopRow product={product.data} />
    </div>
  )
}
