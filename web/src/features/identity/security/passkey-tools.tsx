import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { useUiTexts } from '../../../lib/i18n/ui-texts.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { toast } from '../../../ui/toaster.tsx'
import { useIdentityTexts } from '../texts.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import styles from './forms.module.css'
import { type Passkey, refreshSecurity } from './queries.ts'
import { removePasskey, renamePasskey } from './requests.ts'
import { useSecurityTexts } from './texts.ts'
import { useFaultText } from './use-fault-text.ts'

type PasskeyToolsProps = {
  passkey: Passkey
  /** The second step goes with it. */
  isLast: boolean
  /** It may not be removed. */
  isKept: boolean
}

export function PasskeyTools({ passkey, isLast, isKept }: PasskeyToolsProps) {
  const texts = useSecurityTexts()
  const ui = useUiTexts()
  const [renaming, setRenaming] = useState(false)
  const [removing, setRemoving] = useState(false)
  return (
    <>
      <IconButton
        icon="edit"
        label={texts.passkey_rename_of(passkey.name)}
        onClick={() => setRenaming(true)}
      />
      <IconButton
        icon="trash"
        label={texts.passkey_remove_of(passkey.name)}
        disabled={isKept}
        onClick={() => setRemoving(true)}
      />
      <Dialog open={renaming} onOpenChange={setRenaming} title={texts.passkey_rename} closeLabel={ui.close}>
        <RenameForm passkey={passkey} onClose={() => setRenaming(false)} />
      </Dialog>
      <ConfirmDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={texts.remove_title(passkey.name)}
        action={texts.passkey_remove}
        work={async () => {
          await removePasskey(passkey.id)
          await refreshSecurity()
          toast(texts.passkey_removed)
        }}
      >
        <p>{texts.remove_passkey_text}</p>
        {isLast && <Notice tone="warning">{texts.remove_last_text}</Notice>}
      </ConfirmDialog>
    </>
  )
}

function RenameForm({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const texts = useSecurityTexts()
  const identity = useIdentityTexts()
  const faultText = useFaultText()
  const [name, setName] = useState(passkey.name)
  const save = useMutation({
    mutationFn: () => renamePasskey(passkey.id, name.trim()),
    onSuccess: async () => {
      await refreshSecurity()
      toast(texts.passkey_renamed)
      onClose()
    },
  })
  const is_empty = name.trim() === ''

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    if (!is_empty) save.mutate()
  }

  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <TextField
        label={texts.passkey_name}
        name="passkey_name"
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={is_empty ? identity.required : save.isError ? faultText(save.error) : undefined}
      />
      <Button type="submit" kind="primary" wide busy={save.isPending}>
        {texts.save}
      </Button>
    </form>
  )
}
