import { shopCan } from '../../api/can.ts'
import { usePlatform } from '../../api/platform.ts'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Product, Shop } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './card-form.module.css'
import { useCardTexts } from './texts.ts'
import { type CardPicture, isUnderway } from './use-pictures.ts'
import type { SaveCard } from './use-save-card.ts'

type SubmitPanelProps = {
  product: Product | null
  shop: Shop
  save: SaveCard
  pictures: readonly CardPicture[]
  hasFaults: boolean
  onLeave: () => void
  onReload: () => void
}

/** What sending means, what keeps it from working, and the button. */
export function SubmitPanel({
  product,
  shop,
  save,
  pictures,
  hasFaults,
  onLeave,
  onReload,
}: SubmitPanelProps) {
  const texts = useCardTexts()
  const language = useLanguage()
  const { currency, approval_fee } = usePlatform()
  const why = useWhyNot({ product, shop, save, pictures })
  const isListed = product?.moderation_status === 'approved' && product.is_active
  return (
    <aside className={styles.submit}>
      <div className={styles.notes}>
        <p>{isListed ? texts.submit_note_listed : texts.submit_note_new}</p>
        {product === null && approval_fee !== null && approval_fee > 0 && (
          <p>{texts.submit_fee(formatMoney(approval_fee, currency, language))}</p>
        )}
        {pictures.length === 0 && <p>{texts.pictures_none}</p>}
      </div>
      <Trouble save={save} hasFaults={hasFaults} onLeave={onLeave} onReload={onReload} />
      <div className={styles.press}>
        <Button
          type="submit"
          kind="primary"
          wide
          busy={save.isPending}
          disabled={why !== null}
          {...(why === null ? {} : { 'aria-describedby': 'why-not' })}
        >
          {product ? texts.submit_edit : texts.submit_new}
        </Button>
        {why !== null && (
          <p className={styles.why} id="why-not">
            {why}
          </p>
        )}
      </div>
    </aside>
  )
}

type TroubleProps = { save: SaveCard; hasFaults: boolean; onLeave: () => void; onReload: () => void }

function Trouble({ save, hasFaults, onLeave, onReload }: TroubleProps) {
  const texts = useCardTexts()
  const problemText = useProblemText()
  if (save.stale_version !== null) {
    return (
      <Notice
        tone="warning"
        title={texts.stale_title}
        announce
        action={
          <div className={styles.choices}>
            <Button
              size="small"
              kind="primary"
              busy={save.isPending}
              onClick={() => save.submitOver(onLeave)}
            >
              {texts.stale_mine}
            </Button>
            <Button size="small" onClick={onReload}>
              {texts.stale_theirs}
            </Button>
          </div>
        }
      >
        {texts.stale_text}
      </Notice>
    )
  }
  const isAboutFields = save.error instanceof ApiProblem && save.error.errors.length > 0
  if (hasFaults || isAboutFields) {
    return (
      <Notice tone="danger" announce>
        {texts.errors_title}
      </Notice>
    )
  }
  if (!save.error) return null
  return (
    <Notice tone="danger" title={texts.save_failed} announce>
      {problemText(save.error)}
    </Notice>
  )
}

type Asking = { product: Product | null; shop: Shop; save: SaveCard; pictures: readonly CardPicture[] }

/** Why the card cannot be sent now; null when it can. */
function useWhyNot({ product, shop, save, pictures }: Asking): string | null {
  const texts = useCardTexts()
  if (!shopCan.writeCards(shop).allowed) return texts.cannot_shop_waiting
  if (isUnderway(pictures)) return texts.wait_pictures
  if (pictures.some(({ state }) => state === 'failed')) return texts.failed_pictures
  if (save.isChanged) return null
  return product ? texts.nothing_changed : texts.nothing_typed
}
