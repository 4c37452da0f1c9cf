import { type MouseEvent, useState } from 'react'
import type { Product } from '../../api/types.ts'
import { ProductCard } from '../../features/catalog/product-card.tsx'
import { ProductView } from '../../features/catalog/product-view.tsx'
import { useCardTexts } from '../../features/shop-cards/texts.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './buyer-preview.module.css'
import { useShopPanelTexts } from './texts.ts'

/** The card drawn by the same components as in the catalogue, as it will be once approved. */
export function BuyerPreview({ product }: { product: Product }) {
  const texts = useCardTexts()
  const panel = useShopPanelTexts()
  const [open, setOpen] = useState(false)
  const listed: Product = { ...product, moderation_status: 'approved', is_active: true }

  /** Pictures can be leafed through; links would leave for pages that are not there yet. */
  function stay(event: MouseEvent) {
    if (!(event.target instanceof Element) || !event.target.closest('a')) return
    event.preventDefault()
    event.stopPropagation()
    toast(texts.preview_dead)
  }

  return (
    <section className={styles.preview} aria-labelledby="preview-title">
      <div className={styles.head}>
        <div>
          <h2 id="preview-title">{texts.preview}</h2>
          <p className={styles.text}>{texts.preview_text}</p>
        </div>
        <Button icon={open ? 'eye_off' : 'eye'} aria-expanded={open} onClick={() => setOpen(!open)}>
          {panel.preview_page}
        </Button>
      </div>
      {/* Catches presses on links inside; Enter on a link arrives here as a click, too. */}
      <div className={styles.stage} onClickCapture={stay}>
        <div className={styles.tile}>
          <ProductCard product={listed} />
        </div>
        {open && <ProductView product={listed} />}
      </div>
    </section>
  )
}
