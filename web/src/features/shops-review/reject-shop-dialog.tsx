import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useId, useState } from 'react'
import { fieldProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { LANGUAGE_NAMES, LANGUAGES, type Language, useLanguage } from '../../lib/i18n/language.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { toast } from '../../ui/toaster.tsx'
import { type ShopInReview, shopsKey } from './queries.ts'
import { addReason, REASON_MAX, REASON_MIN, REASONS } from './reasons.ts'
import styles from './reject-shop-dialog.module.css'
import { rejectShop } from './requests.ts'
import { useReviewTexts } from './texts.ts'

type RejectShopDialogProps = { shop: ShopInReview; open: boolean; onOpenChange: (open: boolean) => void }

export function RejectShopDialog({ shop, open, onOpenChange }: RejectShopDialogProps) {
  const texts = useReviewTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const form_id = useId()
  const [reason, setReason] = useState(shop.rejection_reason ?? '')
  const [language, setLanguage] = useState<Language>(useLanguage())
  const reject = useMutation({
    mutationFn: () => rejectShop(shop.id, reason.trim()),
    onSuccess: () => {
      toast(texts.rejected(shop.shop_name))
      onOpenChange(false)
      return queryClient.invalidateQueries({ queryKey: shopsKey })
    },
  })
  const missing = REASON_MIN - reason.trim().length
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (missing <= 0) reject.mutate()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={texts.reject_title(shop.shop_name)}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui.cancel}</Button>
          <Button
            type="submit"
            form={form_id}
            kind="danger"
            icon="close"
            busy={reject.isPending}
            disabled={missing > 0}
          >
            {texts.reject}
          </Button>
        </>
      }
    >
      <form id={form_id} className={styles.form} onSubmit={submit}>
        <p className={styles.text}>{texts.reject_text}</p>
        <Segmented
          legend={texts.language}
          options={LANGUAGES.map((known) => ({ value: known, label: LANGUAGE_NAMES[known] }))}
          value={language}
          onChange={setLanguage}
        />
        <fieldset aria-label={texts.ready_reasons} className={styles.ready}>
          {REASONS.map((ready) => (
            <Chip key={ready} onClick={() => setReason((typed) => addReason(typed, ready, language))}>
              + {texts.presets[ready]}
            </Chip>
          ))}
        </fieldset>
        <TextArea
          label={texts.reason}
          rows={4}
          lang={language}
          maxLength={REASON_MAX}
          value={reason}
          placeholder={texts.reason_placeholder}
          hint={missing > 0 ? texts.reason_short(missing) : texts.reason_left(REASON_MAX - reason.length)}
          error={fieldProblem(reject.error, 'reason')}
          onChange={(event) => setReason(event.target.value)}
        />
        {reject.isError && (
          <Notice tone="danger" title={texts.failed} announce>
            {problemText(reject.error)}
          </Notice>
        )}
      </form>
    </Dialog>
  )
}
