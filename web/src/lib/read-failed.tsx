import { Button } from '../ui/button.tsx'
import { State } from '../ui/state.tsx'
import { useUiTexts } from './i18n/ui-texts.ts'

type ReadFailedProps = {
  title: string
  /** What went wrong, in words. */
  problem: string
  onRetry: () => void
  /** 1 where it stands in place of the page's own heading. */
  level?: 1
}

/** In place of what could not be read, with the way to try again. */
export function ReadFailed({ title, problem, onRetry, level }: ReadFailedProps) {
  const ui = useUiTexts()
  return (
    <State
      {...(level ? { level } : {})}
      icon="warning"
      title={title}
      announce
      action={<Button onClick={onRetry}>{ui.retry}</Button>}
    >
      <p>{problem}</p>
    </State>
  )
}
