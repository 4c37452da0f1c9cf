import { useState } from 'react'
import { session } from '../../../api/browser-session.ts'
import { Button } from '../../../ui/button.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { signOutEverywhere } from '../requests.ts'
import { useIdentityTexts } from '../texts.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import styles from './forms.module.css'

/** Out of this device, or of all of them. */
export function SignOut() {
  const texts = useIdentityTexts()
  const [asking, setAsking] = useState(false)
  return (
    <div className={styles.line}>
      <Button
        size="small"
        icon="exit"
        onClick={() => {
          void session.signOut()
          toast(texts.signed_out)
        }}
      >
        {texts.sign_out}
      </Button>
      <Button size="small" onClick={() => setAsking(true)}>
        {texts.sign_out_everywhere}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.sign_out_everywhere}
        action={texts.sign_out_everywhere}
        work={async () => {
          await signOutEverywhere()
          toast(texts.signed_out)
        }}
      >
        <p>{texts.sign_out_everywhere_text}</p>
      </ConfirmDialog>
    </div>
  )
}
