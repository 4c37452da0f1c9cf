import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { session } from '../../api/browser-session.ts'
import { usePlatform } from '../../api/platform.ts'
import type { Shop } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './compliance.module.css'
import { FarewellDialog } from './farewell-dialog.tsx'
import { deleteMyShop } from './requests.ts'
import { useComplianceTexts } from './texts.ts'

/** The end of the shop. Its balance has to be zero: what to do about it is said before anything is asked. */
export function DeleteShop({ shop }: { shop: Shop }) {
  const texts = useComplianceTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const navigate = useNavigate()
  const id = useId()
  const [open, setOpen] = useState(false)
  const remove = useMutation({
    mutationFn: deleteMyShop,
    onSuccess: async () => {
      await navigate(paths.home())
      await session.signOut()
      toast(texts.shop_deleted)
    },
  })
  const has_balance = shop.balance !== 0
  return (
    <section className={styles.part} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{texts.shop_title}</h2>
      <p className={styles.text} id={`${id}-why`}>
        {has_balance ? texts.shop_balance(formatMoney(shop.balance, currency, language)) : texts.shop_text}
      </p>
      <Button
        kind="danger"
        disabled={has_balance}
        aria-describedby={`${id}-why`}
        onClick={() => {
          remove.reset()
          setOpen(true)
        }}
      >
        {texts.shop_action}
      </Button>
      <FarewellDialog
        open={open}
        onOpenChange={setOpen}
        title={texts.shop_question}
        action={texts.shop_action}
        goes={texts.goes_shop}
        stays={texts.stays_shop}
        isReady
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      />
    </section>
  )
}
