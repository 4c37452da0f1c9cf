import { useCallback, useEffect, useState } from 'react'
import { onStepUp } from '../../api/step-up.ts'
import type { StepUpDialog } from '../../features/identity/security/step-up-dialog.tsx'

type Answer = (proved: boolean) => void

/**
 * The one dialog that asks for a recent proof, whatever page the refused request came from. Its code is fetched when it
 * is first needed; when that fails the refusal stands.
 */
export function StepUp() {
  const [Dialog, setDialog] = useState<typeof StepUpDialog | null>(null)
  const [pending, setPending] = useState<{ answer: Answer } | null>(null)
  useEffect(
    () =>
      onStepUp(async () => {
        const { StepUpDialog: loaded } = await import('../../features/identity/security/step-up-dialog.tsx')
        setDialog(() => loaded)
        return new Promise<boolean>((answer) => setPending({ answer }))
      }),
    [],
  )
  const answer = useCallback(
    (proved: boolean) => {
      setPending(null)
      pending?.answer(proved)
    },
    [pending],
  )
  return Dialog && <Dialog open={pending !== null} onAnswer={answer} />
}
