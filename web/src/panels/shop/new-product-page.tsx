import { useNavigate } from 'react-router'
import { shopCan } from '../../api/can.ts'
import { CardForm } from '../../features/shop-cards/card-form.tsx'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { ShopLoader } from '../../features/shop-profile/shop-loader.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './edit-page.module.css'
import { useShopPanelTexts } from './texts.ts'

export function NewProductPage() {
  const texts = useCardTexts()
  const panel = useShopPanelTexts()
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
        {(shop) =>
          shopCan.writeCards(shop).allowed ? (
            <CardForm
              product={null}
              shop={shop}
              onReload={() => undefined}
              onSaved={(product) => {
                toast(texts.created)
                void navigate(paths.shopProduct(product.id), { replace: true })
              }}
            />
          ) : (
            <State
              icon="clock"
              title={texts.cannot_shop_waiting}
              action={
                <LinkButton kind="primary" to={paths.shop()}>
                  {panel.overview}
                </LinkButton>
              }
            />
          )
        }
      </ShopLoader>
    </div>
  )
}
