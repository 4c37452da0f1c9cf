import { useId } from 'react'
import { shopCan } from '../../api/can.ts'
import type { Shop } from '../../api/types.ts'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import styles from './add-card-link.module.css'

/** The way to a new card, or why there is none yet. */
export function AddCardLink({ shop }: { shop: Shop }) {
  const texts = useCardTexts()
  const why_id = useId()
  if (shopCan.writeCards(shop).allowed) {
    return (
      <LinkButton kind="primary" icon="plus" to={paths.shopNewProduct()}>
        {texts.add}
      </LinkButton>
    )
  }
  return (
    <div className={styles.closed}>
      <Button icon="plus" disabled aria-describedby={why_id}>
        {texts.add}
      </Button>
      <p className={styles.why} id={why_id}>
        {texts.cannot_shop_waiting}
      </p>
    </div>
  )
}
