import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import styles from './selection-bar.module.css'
import { useReviewTexts } from './texts.ts'

type SelectionBarProps = {
  count: number
  isAll: boolean
  busy: boolean
  onAll: (all: boolean) => void
  onApprove: () => void
  onBlock: () => void
}

/** What is done to all selected shops at once. */
export function SelectionBar({ count, isAll, busy, onAll, onApprove, onBlock }: SelectionBarProps) {
  const texts = useReviewTexts()
  return (
    <div className={styles.bar}>
      <Checkbox checked={isAll} onChange={onAll}>
        {texts.select_page}
      </Checkbox>
      {count > 0 && (
        <div className={styles.actions}>
          <p className={styles.count} role="status">
            {texts.selected(count)}
          </p>
          <Button size="small" icon="check" busy={busy} onClick={onApprove}>
            {texts.approve_many}
          </Button>
          <Button size="small" kind="danger" icon="close" disabled={busy} onClick={onBlock}>
            {texts.block}
          </Button>
        </div>
      )}
    </div>
  )
}
