import { useEffect, useState } from 'react'
import { AnchorButton, Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { authForm } from './auth-frame.tsx'
import styles from './enrolment.module.css'
import { useIdentityTexts } from './texts.ts'

/** Shown once and never again. */
export function RecoveryCodes({ codes, onSaved }: { codes: readonly string[]; onSaved: () => void }) {
  const texts = useIdentityTexts()
  const [file] = useState(() =>
    URL.createObjectURL(new Blob([`Leema\n\n${codes.join('\n')}\n`], { type: 'text/plain' })),
  )
  useEffect(() => () => URL.revokeObjectURL(file), [file])
  return (
    <div className={authForm}>
      <Notice tone="warning" title={texts.codes_title} announce>
        {texts.codes_text}
      </Notice>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <AnchorButton icon="download" href={file} download="leema-recovery-codes.txt">
        {texts.codes_download}
      </AnchorButton>
      <Button kind="primary" size="large" wide onClick={onSaved}>
        {texts.codes_saved}
      </Button>
    </div>
  )
}
