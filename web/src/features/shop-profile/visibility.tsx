import { useState } from 'react'
import { shopCan } from '../../api/can.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Shop } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { StateNotice } from './state-notice.tsx'
import { useShopTexts } from './texts.ts'
import { useChangeShop } from './use-change-shop.ts'
import styles from './visibility.module.css'

/** The shop's own pause switch. Hiding asks first, showing again does not. */
export function Visibility({ shop }: { shop: Shop }) {
  const texts = useShopTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const [open, setOpen] = useState(false)
  const { change } = useChangeShop()
  const verdict = shopCan.pause(shop)
  const isOff = shop.is_approved && !shop.is_active
  return (
    <section className={styles.section} aria-labelledby="visibility-title">
      <h2 id="visibility-title">{texts.visibility}</h2>
      {isOff ? (
        <StateNotice shop={shop} />
      ) : (
        <>
          <p className={styles.text}>{texts.visible_text}</p>
          <div className={styles.action}>
            <Button
              icon="eye_off"
              disabled={!verdict.allowed}
              onClick={() => setOpen(true)}
              {...(verdict.allowed ? {} : { 'aria-describedby': 'cannot-pause' })}
            >
              {texts.hide}
            </Button>
            {!verdict.allowed && (
              <p className={styles.text} id="cannot-pause">
                {texts.cannot_pause}
              </p>
            )}
          </div>
        </>
      )}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={texts.hide_title}
        closeLabel={ui.close}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{ui.cancel}</Button>
            <Button
              kind="danger"
              busy={change.isPending}
              onClick={() =>
                change.mutate(
                  { is_active: false },
                  {
                    onSuccess: () => {
                      setOpen(false)
                      toast(texts.hidden_now)
                    },
                  },
                )
              }
            >
              {texts.hide}
            </Button>
          </>
        }
      >
        <p>{texts.hide_text}</p>
        {change.isError && (
          <Notice tone="danger" announce>
            {problemText(change.error)}
          </Notice>
        )}
      </Dialog>
    </section>
  )
}
