import { useNavigate } from 'react-router'
import { CardForm } from '../../features/shop-cards/card-form.tsx'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { toast } from '../../ui/toaster.tsx'
import styles from './edit-page.module.css'

export function NewProductPage() {
  const texts = useCardTexts()
  const navigate = useNavigate()
  return (
    <div className={styles.page}>
      <PageTitle>{texts.new_card}</PageTitle>
      <div>
        <LinkButton className={styles.back} kind="quiet" size="small" icon="left" to={paths.shopProducts()}>
          {texts.cards}
        </LinkButton>
        <h1>{texts.new_card}</h1>
      </div>
      <ShopLoader>
        {(shop) => (
          <CardForm
            product={null}
            shop={shop}
            onReload={() => undefined}
            onSaved={(product) => {
              toast(texts.created)
              void navigate(paths.shopProduct(product.id), { replace: true })
            }}
          />
        )}
      </ShopLoader>
    </div>
  )
}
