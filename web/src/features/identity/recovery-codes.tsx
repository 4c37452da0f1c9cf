import { useEffect, useState } from 'react'
import { AnchorButton, Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { authForm } from './auth-frame.tsx'
import styles from './recovery-codes.module.css'
import { useSecurityTexts } from './security/texts.ts'

/** Shown once and never again. */
export function RecoveryCodes({ codes, onSaved }: { codes: readonly string[]; onSaved: () => void }) {
  const texts = useSecurityTexts()
  const [file] = useState(() =>
    URL.createObjectURL(new Blob([`${texts.codes_file}\n\n${codes.join('\n')}\n`], { type: 'text/plain' })),
  )
  useEffect(() => () => URL.revokeObjectURL(file), [file])
  return (
    <div className={authForm}>
      <Notice tone="warning" title={texts.codes_show_title} announce>
        {texts.codes_show_text}
      </Notice>
      <div className={styles.sheet}>
        <p className={styles.heading}>{texts.codes_file}</p>
        <ul className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className={styles.tools}>
        <Button
          size="small"
          icon="copy"
          onClick={async () => {
            await navigator.clipboard.writeText(codes.join('\n'))
            toast(texts.copied)
          }}
        >
          {texts.copy}
        </Button>
        <AnchorButton size="small" icon="download" href={file} download="leema-recovery-codes.txt">
          {texts.codes_download}
        </AnchorButton>
        <Button size="small" icon="printer" onClick={() => window.print()}>
          {texts.codes_print}
        </Button>
      </div>
      <Button kind="primary" size="large" wide onClick={onSaved}>
        {texts.codes_saved}
      </Button>
    </div>
  )
}
