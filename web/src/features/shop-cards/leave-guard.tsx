import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useCardTexts } from './texts.ts'

/** Asks before a page with unsaved edits is left. `isDirty` is read when somebody wants to leave. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const texts = useCardTexts()
  const ui = useUiTexts()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isDirty(),
  )
  useEffect(() => {
    // Closing the tab: the browser asks in its own words.
    const ask = (event: BeforeUnloadEvent) => {
      if (isDirty()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onOpenChange={(open) => {
        if (!open) blocker.reset?.()
      }}
      title={texts.leave_title}
      closeLabel={ui.close}
      actions={
        <>
          <Button kind="primary" onClick={() => blocker.reset?.()}>
            {texts.leave_stay}
          </Button>
          <Button kind="danger" onClick={() => blocker.proceed?.()}>
            {texts.leave_go}
          </Button>
        </>
      }
    >
      <p>{texts.leave_text}</p>
    </Dialog>
  )
}
