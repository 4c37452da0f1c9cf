import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Product } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { cardsKey, countsKey } from './queries.ts'
import { deleteCard } from './requests.ts'
import { useCardTexts } from './texts.ts'

export function DeleteCard({ product, onDeleted }: { product: Product; onDeleted: () => void }) {
  const texts = useCardTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const [open, setOpen] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteCard(product.id),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: cardsKey })
      void queryClient.invalidateQueries({ queryKey: countsKey })
      toast(texts.removed)
      onDeleted()
    },
  })
  return (
    <>
      <Button kind="quiet" icon="trash" onClick={() => setOpen(true)}>
        {texts.remove}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={texts.remove_title}
        closeLabel={ui.close}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{ui.cancel}</Button>
            <Button kind="danger" icon="trash" busy={remove.isPending} onClick={() => remove.mutate()}>
              {texts.remove}
            </Button>
          </>
        }
      >
        <p>{texts.remove_text(product.name)}</p>
        {remove.isError && (
          <Notice tone="danger" announce>
            {problemText(remove.error)}
          </Notice>
        )}
      </Dialog>
    </>
  )
}
