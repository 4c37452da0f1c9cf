import type { Shop } from '../../api/types.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/notice.tsx'
import { ResumeButton } from './resume-button.tsx'
import styles from './shop-overview.module.css'
import { shopStateOf } from './shop-state.ts'
import { useShopTexts } from './texts.ts'
import { useChangeShop } from './use-change-shop.ts'

/** State of the shop in words, when there is something to say (contract 4.6). */
export function StateNotice({ shop }: { shop: Shop }) {
  const texts = useShopTexts()
  const { change } = useChangeShop()
  const state = shopStateOf(shop)
  if (state === 'active') return null
  if (state === 'pending') {
    return (
      <Notice tone="info" title={texts.pending_title}>
        <p>{texts.pending_text}</p>
      </Notice>
    )
  }
  if (state === 'rejected') {
    return (
      <Notice
        tone="danger"
        title={texts.rejected_title}
        action={
          <LinkButton kind="primary" size="small" icon="edit" to={paths.shopProfile()}>
            {texts.step_profile}
          </LinkButton>
        }
      >
        <p>
          {texts.rejected_reason}: <q className={styles.quote}>{shop.rejection_reason}</q>
        </p>
        <p>{texts.rejected_text}</p>
      </Notice>
    )
  }
  if (state === 'blocked') {
    return (
      <Notice tone="danger" title={texts.blocked_title}>
        {shop.block_reason !== null && (
          <p>
            {texts.rejected_reason}: <q className={styles.quote}>{shop.block_reason}</q>
          </p>
        )}
        <p>{texts.blocked_text}</p>
      </Notice>
    )
  }
  return (
    <Notice tone="warning" title={texts.off_title} action={<ResumeButton change={change} />}>
      <p>{texts.off_text}</p>
    </Notice>
  )
}
