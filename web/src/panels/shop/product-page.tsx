import { useNavigate } from 'react-router'
import { CardLoader } from '../../features/shop-cards/card-loader.tsx'
import { CardView } from '../../features/shop-cards/card-view.tsx'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { paths } from '../../paths.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { BuyerPreview } from './buyer-preview.tsx'
import styles from './product-page.module.css'

export function ShopProductPage() {
  const texts = useCardTexts()
  const navigate = useNavigate()
  const product_id = useRouteId('product_id')
  if (product_id === null) return <NotFoundPage />
  return (
    <CardLoader product_id={product_id}>
      {(product) => (
        <div className={styles.page}>
          <PageTitle>{product.name}</PageTitle>
          <div>
            <LinkButton
              className={styles.back}
              kind="quiet"
              size="small"
              icon="left"
              to={paths.shopProducts()}
            >
              {texts.cards}
            </LinkButton>
            <h1>{product.name}</h1>
          </div>
          <CardView
            product={product}
            onDeleted={() => void navigate(paths.shopProducts(), { replace: true })}
          />
          <BuyerPreview product={product} />
        </div>
      )}
    </CardLoader>
  )
}
