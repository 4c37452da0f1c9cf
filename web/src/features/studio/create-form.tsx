import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import type { Generation } from '../../api/types.ts'
import { useAttemptKey } from '../../api/use-attempt-key.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ChargeNote } from './charge-note.tsx'
import styles from './create-form.module.css'
import { startDrawing } from './requests.ts'
import { useStudioTexts } from './texts.ts'

const PROMPT_LENGTH_MAX = 1_000

type CreateFormProps = {
  initial: string
  /** Someone who is not signed in may write first and sign in afterwards. */
  signedIn: boolean
  onSignIn: (prompt: string) => void
  onStarted: (generation: Generation) => void
}

export function CreateForm({ initial, signedIn, onSignIn, onStarted }: CreateFormProps) {
  const texts = useStudioTexts()
  const problemText = useProblemText()
  const withKey = useAttemptKey()
  const [prompt, setPrompt] = useState(initial)
  const [tried, setTried] = useState(false)
  const start = useMutation({
    mutationFn: (words: string) => withKey(words, (headers) => startDrawing(words, headers)),
    onSuccess: onStarted,
  })
  const words = prompt.trim()

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setTried(true)
    if (words === '') return
    if (signedIn) start.mutate(words)
    else onSignIn(words)
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextArea
        className={styles.prompt}
        label={texts.prompt}
        name="prompt"
        placeholder={texts.prompt_placeholder}
        maxLength={PROMPT_LENGTH_MAX}
        value={prompt}
        onChange={(event) => setPrompt(event.target.value)}
        error={tried && words === '' ? texts.prompt_required : undefined}
      />
      <fieldset>
        <legend className={styles.legend}>{texts.examples}</legend>
        <div className={styles.examples}>
          {texts.example_prompts.map((example) => (
            <Chip key={example} onClick={() => setPrompt(example)}>
              {example}
            </Chip>
          ))}
        </div>
      </fieldset>
      {start.isError && (
        <Notice tone="danger" announce>
          {problemText(start.error)}
        </Notice>
      )}
      <div className={styles.action}>
        <Button type="submit" kind="primary" size="large" icon="sparkle" wide busy={start.isPending}>
          {texts.create_action}
        </Button>
        <ChargeNote kind="generation" />
      </div>
    </form>
  )
}
