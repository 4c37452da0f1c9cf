import { useState } from 'react'
import { useNavigate } from 'react-router'
import { queryClient } from '../../api/query-client.ts'
import { CardForm } from '../../features/shop-cards/card-form.tsx'
import { CardLoader } from '../../features/shop-cards/card-loader.tsx'
import { CardState } from '../../features/shop-cards/card-state.tsx'
import { cardKey } from '../../features/shop-cards/queries.ts'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { useRouteId } from '../../lib/router/route-id.ts'
import { paths } from '../../paths.ts'
import { toast } from '../../ui/toaster.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import styles from './edit-page.module.css'

export function EditProductPage() {
  const product_id = useRouteId('product_id')
  return product_id === null ? <NotFoundPage /> : <EditProduct product_id={product_id} />
}

function EditProduct({ product_id }: { product_id: number }) {
  const texts = useCardTexts()
  const navigate = useNavigate()
  // A new number starts the form over with the card as it is then.
  const [edition, setEdition] = useState(0)
  async function reload() {
    await queryClient.refetchQueries({ queryKey: cardKey(product_id) })
    setEdition((before) => before + 1)
  }
  return (
    <div className={styles.page}>
      <PageTitle>{texts.edit_card}</PageTitle>
      <div>
        <LinkButton
          className={styles.back}
          kind="quiet"
          size="small"
          icon="left"
          to={paths.shopProduct(product_id)}
        >
          {texts.facts}
        </LinkButton>
        <h1>{texts.edit_card}</h1>
      </div>
      <CardLoader product_id={product_id}>
        {(product) => (
          <>
            {product.moderation_status === 'rejected' && <CardState product={product} />}
            <ShopLoader>
              {(shop) => (
                <CardForm
                  key={edition}
                  product={product}
                  shop={shop}
                  onReload={() => void reload()}
                  onSaved={(saved) => {
                    toast(texts.saved)
                    void navigate(paths.shopProduct(saved.id), { replace: true })
                  }}
                />
              )}
            </ShopLoader>
          </>
        )}
      </CardLoader>
    </div>
  )
}
