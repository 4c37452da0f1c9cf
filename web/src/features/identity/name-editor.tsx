import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { meKey } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './account.module.css'
import { rename } from './requests.ts'
import { useIdentityTexts } from './texts.ts'

export function NameEditor({ name }: { name: string }) {
  const texts = useIdentityTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState(name)
  const save = useMutation({
    mutationFn: () => rename(value.trim()),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meKey })
      setOpen(false)
      toast(texts.saved)
    },
  })
  const empty = value.trim() === ''
  return (
    <>
      <div className={styles.name}>
        <h1>{name}</h1>
        <IconButton
          icon="edit"
          label={texts.change_name}
          onClick={() => {
            setValue(name)
            setOpen(true)
          }}
        />
      </div>
      <Dialog open={open} onOpenChange={setOpen} title={texts.change_name} closeLabel={ui.close}>
        <form
          className={styles.rename}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!empty) save.mutate()
          }}
        >
          <TextField
            label={texts.name}
            name="name"
            autoComplete="name"
            maxLength={255}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            error={empty ? texts.required : save.isError ? problemText(save.error) : undefined}
          />
          <Button type="submit" kind="primary" wide busy={save.isPending}>
            {texts.save}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
