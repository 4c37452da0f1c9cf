import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useId, useState } from 'react'
import { usePlatform } from '../../api/platform.ts'
import { useProblemText } from '../../api/problems.ts'
import { useAttemptKey } from '../../api/use-attempt-key.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { formatMoney } from '../../lib/money.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { startTopUp } from './requests.ts'
import { useShopTexts } from './texts.ts'
import styles from './top-up.module.css'
import { topUpAmount } from './top-up-amount.ts'

const OFFERED = ['10', '25', '50', '100']

/** Puts money on the shop's balance: an amount here, the paying itself on the provider's page. */
export function TopUp() {
  const texts = useShopTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const form_id = useId()
  const attempt = useAttemptKey()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('25')
  const [isShowingFault, setShowingFault] = useState(false)
  const amount = topUpAmount(typed)
  const start = useMutation({
    mutationFn: (sum: number) => attempt(String(sum), (headers) => startTopUp(sum, headers)),
    onSuccess: (approval_url) => window.location.assign(approval_url),
  })
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setShowingFault(true)
    if (amount !== null) start.mutate(amount)
  }
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        {texts.top_up}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={texts.top_up_title}
        closeLabel={ui.close}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{ui.cancel}</Button>
            <Button type="submit" form={form_id} kind="primary" busy={start.isPending || start.isSuccess}>
              {texts.top_up_go}
            </Button>
          </>
        }
      >
        <form id={form_id} className={styles.form} onSubmit={submit} noValidate>
          <p className={styles.text}>{texts.top_up_text}</p>
          <Amount typed={typed} isWrong={isShowingFault && amount === null} onChange={setTyped} />
          {start.isError && (
            <Notice tone="danger" title={texts.top_up_failed} announce>
              {problemText(start.error)}
            </Notice>
          )}
        </form>
      </Dialog>
    </>
  )
}

type AmountProps = { typed: string; isWrong: boolean; onChange: (typed: string) => void }

function Amount({ typed, isWrong, onChange }: AmountProps) {
  const texts = useShopTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  return (
    <>
      <div className={styles.offers}>
        {OFFERED.map((offer) => (
          <Chip key={offer} pressed={typed === offer} onClick={() => onChange(offer)}>
            {formatMoney(Number(offer), currency, language)}
          </Chip>
        ))}
      </div>
      <TextField
        label={texts.top_up_amount(currency)}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        error={isWrong ? texts.top_up_wrong : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
