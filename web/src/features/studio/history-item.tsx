import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { generationCan } from '../../api/can.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Generation } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { formatDate } from '../../lib/time.ts'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Picture } from '../../ui/picture.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './history-item.module.css'
import { removeGeneration } from './requests.ts'
import { useStudioTexts } from './texts.ts'

export function HistoryItem({ generation }: { generation: Generation }) {
  const texts = useStudioTexts()
  const language = useLanguage()
  const kind = generation.type === 'try_on' ? texts.kind_try_on : texts.kind_generation
  const date = formatDate(generation.created_at, language)
  return (
    <li className={styles.item}>
      <Link to={paths.look(generation.id)} className={styles.link}>
        <span className={styles.picture}>
          <Picture
            src={generation.image_url ?? generation.source_image_url ?? undefined}
            alt=""
            className={generation.image_url === null ? styles.dim : undefined}
          />
          <Mark generation={generation} />
        </span>
        <span className={styles.name}>{generation.prompt ?? kind}</span>
        <span className={styles.date}>{date}</span>
      </Link>
      <RemoveButton generation={generation} name={texts.history_item(kind, date)} />
    </li>
  )
}

function Mark({ generation }: { generation: Generation }) {
  const texts = useStudioTexts()
  switch (generation.status) {
    case 'succeeded':
      return (
        <Badge tone="picture" className={styles.mark}>
          {texts.ai_mark}
        </Badge>
      )
    case 'queued':
      return <Badge className={styles.mark}>{texts.status_queued}</Badge>
    case 'processing':
      return (
        <Badge tone="accent" className={styles.mark}>
          {texts.status_processing}
        </Badge>
      )
    case 'failed':
      return (
        <Badge tone="danger" className={styles.mark}>
          {texts.status_failed}
        </Badge>
      )
    case 'cancelled':
      return <Badge className={styles.mark}>{texts.status_cancelled}</Badge>
  }
}

function RemoveButton({ generation, name }: { generation: Generation; name: string }) {
  const texts = useStudioTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => removeGeneration(generation.id),
    onSuccess: async () => {
      setAsking(false)
      toast(texts.removed)
      await queryClient.invalidateQueries({ queryKey: ['history'] })
    },
  })
  if (!generationCan.remove(generation).allowed) return null
  return (
    <>
      <IconButton
        className={styles.remove}
        icon="trash"
        label={`${texts.remove}: ${name}`}
        onClick={() => setAsking(true)}
      />
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={texts.remove_title}
        closeLabel={ui.close}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{ui.cancel}</Button>
            <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {texts.remove}
            </Button>
          </>
        }
      >
        <p>{texts.remove_text}</p>
        {remove.isError && (
          <Notice tone="danger" announce>
            {problemText(remove.error)}
          </Notice>
        )}
      </Dialog>
    </>
  )
}
