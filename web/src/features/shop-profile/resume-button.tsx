import { useProblemText } from '../../api/problems.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toaster.tsx'
import styles from './shop-overview.module.css'
import { useShopTexts } from './texts.ts'
import type { useChangeShop } from './use-change-shop.ts'

/** Brings a shop that was hidden back into the catalogue. */
export function ResumeButton({ change }: { change: ReturnType<typeof useChangeShop>['change'] }) {
  const texts = useShopTexts()
  const problemText = useProblemText()
  return (
    <>
      <Button
        kind="primary"
        size="small"
        icon="eye"
        busy={change.isPending}
        onClick={() => change.mutate({ is_active: true }, { onSuccess: () => toast(texts.resumed) })}
      >
        {texts.resume}
      </Button>
      {change.isError && (
        <p className={styles.error} role="alert">
          {problemText(change.error)}
        </p>
      )}
    </>
  )
}
