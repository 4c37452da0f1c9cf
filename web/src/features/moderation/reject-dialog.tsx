import { type SyntheticEvent, useEffect, useEffectEvent, useId, useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import type { Product } from '../../api/types.ts'
import { LANGUAGE_NAMES, LANGUAGES, type Language, useLanguage } from '../../lib/i18n/language.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './reject-dialog.module.css'
import { hasPreset, NOTE_MAX, PRESETS, togglePreset, translatePresets } from './reject-presets.ts'
import { useModerationTexts } from './texts.ts'
import type { Decisions } from './use-decisions.ts'

type RejectDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  product: Product
  decisions: Decisions
}

/** Why a card is rejected: ready sentences in the language of the shop, and words of one's own. */
export function RejectDialog({ open, onOpenChange, product, decisions }: RejectDialogProps) {
  const texts = useModerationTexts()
  const ui = useUiTexts()
  const form_id = useId()
  const [note, setNote] = useState('')
  const isEmpty = note.trim() === ''
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={texts.reject_title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui.cancel}</Button>
          <Button
            type="submit"
            form={form_id}
            kind="danger"
            icon="close"
            busy={decisions.isPending}
            disabled={isEmpty}
            aria-describedby={isEmpty ? `${form_id}-empty` : undefined}
          >
            {texts.reject}
          </Button>
          {isEmpty && (
            <p className={styles.why} id={`${form_id}-empty`}>
              {texts.reject_empty}
            </p>
          )}
        </>
      }
    >
      <ReasonForm
        id={form_id}
        note={note}
        onNote={setNote}
        onSubmit={() => {
          if (!isEmpty) decisions.reject(product, note.trim())
        }}
      />
      <Failure product={product} decisions={decisions} />
    </Dialog>
  )
}

type ReasonFormProps = { id: string; note: string; onNote: (note: string) => void; onSubmit: () => void }

function ReasonForm({ id, note, onNote, onSubmit }: ReasonFormProps) {
  const texts = useModerationTexts()
  const [language, setLanguage] = useState<Language>(useLanguage())
  const pick = (index: number) => {
    const preset = PRESETS[index]
    if (preset) onNote(togglePreset(note, preset, language).slice(0, NOTE_MAX))
  }
  useReasonKeys(pick, onSubmit)
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form id={id} className={styles.form} onSubmit={submit}>
      <p className={styles.text}>{texts.reject_text}</p>
      <Segmented
        legend={texts.reject_language}
        options={LANGUAGES.map((known) => ({ value: known, label: LANGUAGE_NAMES[known] }))}
        value={language}
        onChange={(next) => {
          onNote(translatePresets(note, language, next))
          setLanguage(next)
        }}
      />
      <fieldset aria-label={texts.reject_reasons} className={styles.presets}>
        {PRESETS.map((preset, index) => (
          <Chip key={preset} pressed={hasPreset(note, preset, language)} onClick={() => pick(index)}>
            <span className={styles.digit} aria-hidden="true">
              {index + 1}
            </span>
            {texts.presets[preset]}
          </Chip>
        ))}
      </fieldset>
      <TextArea
        label={texts.reject_note}
        rows={5}
        lang={language}
        maxLength={NOTE_MAX}
        value={note}
        placeholder={texts.reject_placeholder}
        hint={
          <>
            {texts.reject_left(NOTE_MAX - note.length)}{' '}
            <span className={styles.keys}>{texts.reject_keys}</span>
          </>
        }
        onChange={(event) => onNote(event.target.value)}
      />
    </form>
  )
}

/** Digits choose a reason while nobody types; Ctrl or Cmd with Enter sends from anywhere. */
function useReasonKeys(onPick: (index: number) => void, onSend: () => void): void {
  const pick = useEffectEvent(onPick)
  const send = useEffectEvent(onSend)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        send()
        return
      }
      const isTyping = event.target instanceof Element && event.target.closest('textarea') !== null
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
      if (digit === undefined || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
        return
      event.preventDefault()
      pick(Number(digit) - 1)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function Failure({ product, decisions }: { product: Product; decisions: Decisions }) {
  const texts = useModerationTexts()
  const problemText = useProblemText()
  if (decisions.failure?.product_id !== product.id) return null
  return (
    <Notice tone="danger" title={texts.failed} announce>
      {problemText(decisions.failure.error)}
    </Notice>
  )
}
