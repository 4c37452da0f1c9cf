import { useState } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { RecoveryCodes } from '../recovery-codes.tsx'
import { useSecurityTexts } from './texts.ts'

/** New recovery codes over the page. It closes when its owner says that they are kept. */
export function CodesDialog({ codes, onSaved }: { codes: string[] | null; onSaved: () => void }) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  // Shown on while the dialog moves away.
  const [last, setLast] = useState(codes)
  if (codes !== null && codes !== last) setLast(codes)
  return (
    <Dialog
      open={codes !== null}
      onOpenChange={() => undefined}
      title={texts.codes_title}
      closeLabel={ui.close}
      keptOpen
    >
      {last !== null && <RecoveryCodes codes={last} onSaved={onSaved} />}
    </Dialog>
  )
}
