import { useMutation } from '@tanstack/react-query'
import { generationCan } from '../../api/can.ts'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Generation } from '../../api/types.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { AnchorButton, Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './look-actions.module.css'
import { saveToWardrobe } from './requests.ts'
import { useStudioTexts } from './texts.ts'

export function LookActions({ generation, image_url }: { generation: Generation; image_url: string }) {
  const texts = useStudioTexts()
  const problemText = useProblemText()
  const save = useMutation({
    mutationFn: () => saveToWardrobe(generation.id),
    onSuccess: async () => {
      toast(texts.saved_toast)
      await queryClient.invalidateQueries({ queryKey: ['generation', generation.id] })
    },
  })
  const verdict = generationCan.save(generation)
  const saved = save.isSuccess || (!verdict.allowed && verdict.reason === 'already_saved')
  return (
    <div className={styles.actions}>
      <AnchorButton
        kind="primary"
        size="large"
        icon="download"
        href={image_url}
        download={`leema-${generation.id}`}
        target="_blank"
        rel="noopener"
      >
        {texts.download}
      </AnchorButton>
      <Button
        size="large"
        icon={saved ? 'check' : 'hanger'}
        disabled={saved}
        busy={save.isPending}
        onClick={() => save.mutate()}
      >
        {saved ? texts.saved : texts.save}
      </Button>
      {save.isError && (
        <div className={styles.wide}>
          <Notice tone="danger" announce>
            {problemText(save.error)}
          </Notice>
        </div>
      )}
      <div className={styles.next}>
        {generation.product_id !== null && (
          <>
            <LinkButton kind="quiet" icon="image" to={paths.tryOn(generation.product_id)}>
              {texts.other_photo}
            </LinkButton>
            <LinkButton kind="quiet" icon="hanger" to={paths.product(generation.product_id)}>
              {texts.to_product}
            </LinkButton>
          </>
        )}
        <LinkButton
          kind="quiet"
          icon="grid"
          to={generation.type === 'try_on' ? paths.catalog() : paths.create()}
        >
          {generation.type === 'try_on' ? texts.try_other : texts.again}
        </LinkButton>
      </div>
    </div>
  )
}
