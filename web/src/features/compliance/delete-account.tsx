import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { session } from '../../api/browser-session.ts'
import { usePlatform } from '../../api/platform.ts'
import type { User } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './compliance.module.css'
import { FarewellDialog } from './farewell-dialog.tsx'
import { eraseMe } from './requests.ts'
import { useComplianceTexts } from './texts.ts'

/** The end of the buyer's profile. Money on the balance has to be given up knowingly. */
export function DeleteAccount({ user }: { user: User }) {
  const texts = useComplianceTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [forfeits, setForfeits] = useState(false)
  const has_money = user.balance > 0
  const erase = useMutation({
    mutationFn: () => eraseMe(forfeits),
    onSuccess: async () => {
      await navigate(paths.home())
      await session.signOut()
      toast(texts.account_deleted)
    },
  })
  return (
    <div className={styles.part}>
      <h3>{texts.delete_title}</h3>
      <p className={styles.text}>{texts.delete_text}</p>
      <Button
        kind="danger"
        onClick={() => {
          erase.reset()
          setForfeits(false)
          setOpen(true)
        }}
      >
        {texts.delete_action}
      </Button>
      <FarewellDialog
        open={open}
        onOpenChange={setOpen}
        title={texts.delete_question}
        action={texts.delete_action}
        goes={texts.goes_account}
        stays={texts.stays_account}
        condition={
          has_money && (
            <Checkbox name="forfeit" checked={forfeits} onChange={setForfeits}>
              {texts.forfeit(formatMoney(user.balance, currency, language))}
            </Checkbox>
          )
        }
        isReady={!has_money || forfeits}
        busy={erase.isPending}
        error={erase.error}
        onConfirm={() => erase.mutate()}
      />
    </div>
  )
}
