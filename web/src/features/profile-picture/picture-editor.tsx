import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { meKey, myShopKey } from '../../api/me.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import { classNames } from '../../lib/class-names.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { type PhotoRefusal, preparePhoto } from '../../lib/photo.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './picture-editor.module.css'
import { removePicture, uploadPicture, type Whose } from './requests.ts'
import { useProfilePictureTexts } from './texts.ts'

type PictureEditorProps = { whose: Whose; name: string; picture: string | null }

/** The round picture of a profile, or the first letter of its name, with the way to change it. */
export function PictureEditor({ whose, name, picture }: PictureEditorProps) {
  const texts = useProfilePictureTexts()
  const ui = useUiTexts()
  const [open, setOpen] = useState(false)
  const is_shop = whose === 'shop'
  return (
    <div className={styles.frame}>
      <Face name={name} picture={picture} />
      <IconButton
        icon="camera"
        className={styles.edit}
        label={is_shop ? texts.change_shop : texts.change}
        onClick={() => setOpen(true)}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={is_shop ? texts.title_shop : texts.title}
        closeLabel={ui.close}
      >
        <Editing whose={whose} name={name} picture={picture} />
      </Dialog>
    </div>
  )
}

function Face({ name, picture, large = false }: { name: string; picture: string | null; large?: boolean }) {
  const className = classNames(styles.face, large && styles.large)
  if (picture !== null) return <img className={className} src={picture} alt="" />
  return (
    <span className={className} aria-hidden="true">
      {Array.from(name)[0]?.toUpperCase()}
    </span>
  )
}

function Editing({ whose, name, picture }: PictureEditorProps) {
  const texts = useProfilePictureTexts()
  const problemText = useProblemText()
  const [refusal, setRefusal] = useState<PhotoRefusal | null>(null)
  const shown = () => queryClient.invalidateQueries({ queryKey: whose === 'shop' ? myShopKey : meKey })
  const upload = useMutation({
    mutationFn: async (picked: File) => {
      const prepared = await preparePhoto(picked)
      if (!prepared.ok) return setRefusal(prepared.reason)
      await uploadPicture(whose, prepared.file)
      await shown()
      toast(texts.saved)
    },
    onMutate: () => setRefusal(null),
  })
  const remove = useMutation({
    mutationFn: async () => {
      await removePicture(whose)
      await shown()
      toast(texts.removed)
    },
  })
  const error = upload.error ?? remove.error
  return (
    <div className={styles.dialog}>
      <Face name={name} picture={picture} large />
      <p className={styles.hint}>{whose === 'shop' ? texts.hint_shop : texts.hint}</p>
      <div className={styles.buttons}>
        <FileButton
          label={texts.pick}
          icon="upload"
          primary
          busy={upload.isPending}
          onPick={(file) => upload.mutate(file)}
        />
        {picture !== null && (
          <Button busy={remove.isPending} onClick={() => remove.mutate()}>
            {texts.remove}
          </Button>
        )}
      </div>
      {(refusal !== null || error !== null) && (
        <Notice tone="danger" announce>
          {refusal === null ? problemText(error) : texts[refusal]}
        </Notice>
      )}
    </div>
  )
}
