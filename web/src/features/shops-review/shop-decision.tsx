import { useProblemText } from '../../api/problems.ts'
import { Notice } from '../../ui/notice.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import type { ShopInList } from './queries.ts'
import styles from './shop-decision.module.css'
import { useReviewTexts } from './texts.ts'
import type { useShopDecisions } from './use-shop-decisions.ts'

type Decisions = ReturnType<typeof useShopDecisions>

/** What became of the last decision where something did not work out: which shops, and why. */
export function DecisionResult({ decisions, shops }: { decisions: Decisions; shops: ShopInList[] }) {
  const texts = useReviewTexts()
  const problemText = useProblemText()
  if (decisions.isError && decisions.variables.action === 'approve') {
    return (
      <Notice tone="danger" title={texts.failed} announce>
        {problemText(decisions.error)}
      </Notice>
    )
  }
  const failed = decisions.data?.failed ?? []
  if (failed.length === 0) return null
  return (
    <Notice tone="warning" title={texts.not_decided(failed.length)} announce>
      <ul className={styles.failed}>
        {failed.map(({ shop_id, error }) => (
          <li key={shop_id}>
            <b>{shops.find((shop) => shop.id === shop_id)?.shop_name ?? texts.numbered(shop_id)}</b>: {error}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type DecisionDialogProps = { shops: ShopInList[]; decisions: Decisions; onClose: () => void }

/** Blocking needs a reason that the shops will read. */
export function DecisionDialog({ shops, decisions, onClose }: DecisionDialogProps) {
  const texts = useReviewTexts()
  const problemText = useProblemText()
  const [first] = shops
  const title =
    shops.length === 1 && first ? texts.block_title(first.shop_name) : texts.block_many_title(shops.length)
  return (
    <ReasonDialog
      open
      onOpenChange={onClose}
      title={title}
      action={texts.block}
      busy={decisions.isPending}
      problem={
        decisions.isError && decisions.variables.action === 'block' ? problemText(decisions.error) : null
      }
      onReason={(reason) =>
        decisions.mutate({ shop_ids: shops.map((shop) => shop.id), action: 'block', reason })
      }
    >
      <p>{texts.block_text}</p>
    </ReasonDialog>
  )
}
