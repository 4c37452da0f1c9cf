import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Consent } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { formatDate } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './compliance.module.css'
import { consentsKey, useConsents } from './queries.ts'
import { withdrawConsent } from './requests.ts'
import { useComplianceTexts } from './texts.ts'

/** Without these there is no account: they end with it. */
const NEEDED = ['terms', 'privacy']

export function ConsentList() {
  const texts = useComplianceTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const consents = useConsents()
  return (
    <div className={styles.part}>
      <h3>{texts.consents}</h3>
      {consents.isPending && <Skeleton shape="block" />}
      {consents.isError && (
        <Notice
          tone="danger"
          title={texts.consents_failed}
          announce
          action={<Button onClick={() => void consents.refetch()}>{ui.retry}</Button>}
        >
          {problemText(consents.error)}
        </Notice>
      )}
      {consents.data?.length === 0 && <p className={styles.text}>{texts.consents_empty}</p>}
      {consents.data && consents.data.length > 0 && (
        <ul className={styles.list}>
          {consents.data.map((consent) => (
            <ConsentLine key={consent.document} consent={consent} />
          ))}
        </ul>
      )}
    </div>
  )
}

function ConsentLine({ consent }: { consent: Consent }) {
  const texts = useComplianceTexts()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const name = texts.documents[consent.document] ?? consent.document
  return (
    <li className={styles.consent}>
      <div>
        <p>{name}</p>
        <p className={styles.facts}>
          {consent.withdrawn_at === null
            ? texts.accepted_on(formatDate(consent.accepted_at, language), consent.version)
            : texts.withdrawn_on(formatDate(consent.withdrawn_at, language))}
        </p>
      </div>
      {NEEDED.includes(consent.document) && <p className={styles.needed}>{texts.needed}</p>}
      {consent.accepted && !NEEDED.includes(consent.document) && (
        <Button size="small" aria-label={`${texts.withdraw}: ${name}`} onClick={() => setAsking(true)}>
          {texts.withdraw}
        </Button>
      )}
      <WithdrawDialog consent={consent} open={asking} onOpenChange={setAsking} />
    </li>
  )
}

type WithdrawDialogProps = { consent: Consent; open: boolean; onOpenChange: (open: boolean) => void }

function WithdrawDialog({ consent, open, onOpenChange }: WithdrawDialogProps) {
  const texts = useComplianceTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const withdraw = useMutation({
    mutationFn: () => withdrawConsent(consent),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: consentsKey }),
        queryClient.invalidateQueries({ queryKey: ['person-photos'] }),
      ])
      onOpenChange(false)
      toast(texts.withdrawn)
    },
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={texts.withdraw_title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui.cancel}</Button>
          <Button kind="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {texts.withdraw}
          </Button>
        </>
      }
    >
      <p>{consent.document === 'photo_processing' ? texts.withdraw_photos : texts.withdraw_text}</p>
      {withdraw.isError && (
        <Notice tone="danger" announce>
          {problemText(withdraw.error)}
        </Notice>
      )}
    </Dialog>
  )
}
