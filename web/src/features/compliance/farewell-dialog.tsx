import { type ReactNode, useId, useState } from 'react'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './compliance.module.css'
import { useComplianceTexts } from './texts.ts'

type FarewellDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  action: string
  goes: string[]
  stays: string[]
  /** Something else that has to be agreed to first. */
  condition?: ReactNode
  isReady: boolean
  busy: boolean
  error: unknown
  onConfirm: () => void
}

/** Says honestly what goes and what stays, and lets nobody through who has not typed the word. */
export function FarewellDialog(props: FarewellDialogProps) {
  const { open, onOpenChange, title, action, goes, stays, condition, isReady, busy, error, onConfirm } = props
  const texts = useComplianceTexts()
  const ui = useUiTexts()
  const form = useId()
  const [word, setWord] = useState('')
  const isTyped = word.trim().toLocaleUpperCase() === texts.word
  const mayGo = isTyped && isReady
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setWord('')
        onOpenChange(next)
      }}
      title={title}
      closeLabel={ui.close}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui.cancel}</Button>
          <Button type="submit" form={form} kind="danger" busy={busy} disabled={!mayGo}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.farewell}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (mayGo && !busy) onConfirm()
        }}
      >
        <Facts title={texts.goes} facts={goes} />
        <Facts title={texts.stays} facts={stays} />
        {condition}
        <TextField
          label={texts.word_label(texts.word)}
          name="word"
          autoComplete="off"
          autoCapitalize="characters"
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
        <Refusal error={error} />
      </form>
    </Dialog>
  )
}

function Facts({ title, facts }: { title: string; facts: string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles.facts_list}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  )
}

/** The server says why it refuses, in the reader's language: a payment on its way, money on the balance. */
function Refusal({ error }: { error: unknown }) {
  const texts = useComplianceTexts()
  const problemText = useProblemText()
  if (error === null || error === undefined) return null
  const isReasoned = error instanceof ApiProblem && error.code === 'invalid_state' && error.detail !== null
  return (
    <Notice tone="danger" title={texts.failed} announce>
      {isReasoned ? error.detail : problemText(error)}
    </Notice>
  )
}
