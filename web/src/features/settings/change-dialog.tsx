import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useId, useState } from 'react'
import { fieldProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Setting } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './change-dialog.module.css'
import { OldAndNew } from './old-and-new.tsx'
import { settingsKey } from './queries.ts'
import { changeSetting } from './requests.ts'
import { asTyped, faultOf, wordsOf } from './setting-value.ts'
import { useSettingsTexts } from './texts.ts'
import { ValueField } from './value-field.tsx'

type ChangeDialogProps = { setting: Setting; needsTwo: boolean; open: boolean; onClose: () => void }

/** A new value, what it changes, and why. Sent with the version that is shown: a change meanwhile is not lost. */
export function ChangeDialog({ setting, needsTwo, open, onClose }: ChangeDialogProps) {
  const texts = useSettingsTexts()
  const ui = useUiTexts()
  const form_id = useId()
  const [typed, setTyped] = useState(setting.value)
  const [reason, setReason] = useState('')
  const [isTouched, setTouched] = useState(false)
  const { name, about } = wordsOf(setting, texts)
  const fault = faultOf(setting, typed)
  const needsReason = needsTwo && reason.trim() === ''
  const change = useChange(setting, name, onClose)
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTouched(true)
    if (fault === null && !needsReason) change.mutate({ value: asTyped(typed), reason: reason.trim() })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={name}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button
            type="submit"
            form={form_id}
            kind="primary"
            icon="check"
            busy={change.isPending}
            disabled={fault !== null || needsReason}
          >
            {needsTwo ? texts.send : texts.save}
          </Button>
        </>
      }
    >
      <form id={form_id} className={styles.form} onSubmit={submit} noValidate>
        <p className={styles.about}>{about}</p>
        <ValueField
          setting={setting}
          value={typed}
          onChange={(next) => {
            setTyped(next)
            setTouched(true)
          }}
          error={
            fieldProblem(change.error, 'value') ??
            (isTouched && fault !== null && fault !== 'same' ? texts.faults[fault] : undefined)
          }
        />
        {fault === null && <OldAndNew setting={setting} old={setting.value} next={asTyped(typed)} />}
        <TextArea
          label={texts.reason}
          rows={2}
          maxLength={500}
          value={reason}
          hint={needsTwo ? texts.reason_hint_two : texts.reason_hint}
          error={fieldProblem(change.error, 'reason')}
          onChange={(event) => setReason(event.target.value)}
          {...(needsTwo ? {} : { optional: ui.optional })}
        />
        <Refusal error={change.error} />
      </form>
    </Dialog>
  )
}

function useChange({ key, version }: Setting, name: string, onClose: () => void) {
  const texts = useSettingsTexts()
  return useMutation({
    mutationFn: (wanted: { value: string; reason: string }) =>
      changeSetting({ ...wanted, key, expected_version: version }),
    onSuccess: (isMade) => {
      toast(isMade ? texts.saved(name) : texts.sent)
      onClose()
    },
    // Also after a refusal: what it is now may be the reason.
    onSettled: () => queryClient.invalidateQueries({ queryKey: settingsKey }),
  })
}

function Refusal({ error }: { error: unknown }) {
  const texts = useSettingsTexts()
  const problemText = useProblemText()
  if (error === null || fieldProblem(error, 'value') !== undefined) return null
  return (
    <Notice tone="danger" title={texts.not_saved} announce>
      {problemText(error)}
    </Notice>
  )
}
