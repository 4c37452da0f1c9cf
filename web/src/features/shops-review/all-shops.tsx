import { useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatNumber } from '../../lib/money.ts'
import { ReadFailed } from '../../lib/read-failed.tsx'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { Pager } from '../../lib/router/pager.tsx'
import { paths } from '../../paths.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './all-shops.module.css'
import { type ShopInList, type ShopsFilter, useAllShops } from './queries.ts'
import { SelectionBar } from './selection-bar.tsx'
import { DecisionDialog, DecisionResult } from './shop-decision.tsx'
import { ShopLine } from './shop-line.tsx'
import { useReviewTexts } from './texts.ts'
import { type ShopDecision, useShopDecisions } from './use-shop-decisions.ts'

/** One page of all shops, or of those that are blocked. */
export function AllShops({ filter }: { filter: ShopsFilter }) {
  const texts = useReviewTexts()
  const problemText = useProblemText()
  const found = useAllShops(filter)
  if (found.isPending) {
    return (
      <div role="status" className={styles.list}>
        <VisuallyHidden>{texts.loading}</VisuallyHidden>
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </div>
    )
  }
  if (found.isError && !found.data) {
    return (
      <ReadFailed
        title={texts.failed_title}
        problem={problemText(found.error)}
        onRetry={() => void found.refetch()}
      />
    )
  }
  const { shops, total, total_pages } = found.data
  return (
    <div className={styles.found} aria-busy={found.isPlaceholderData}>
      <Count total={total} />
      {shops.length === 0 ? (
        <State
          icon="shop"
          title={texts.all_empty_title}
          action={<LinkButton to={paths.adminShops({ state: 'all' })}>{texts.all_reset}</LinkButton>}
        >
          <p>{texts.all_empty_text}</p>
        </State>
      ) : (
        // Another page begins with nothing selected.
        <Selectable key={`${filter.state} ${filter.query} ${filter.page}`} shops={shops} />
      )}
      <Pager
        page={filter.page}
        pages={total_pages}
        hasNext={filter.page < total_pages}
        to={(page) => paths.adminShops({ ...filter, page })}
      />
    </div>
  )
}

function Count({ total }: { total: number }) {
  const texts = useReviewTexts()
  const language = useLanguage()
  return (
    <p className={styles.count} role="status">
      {texts.found(total, formatNumber(total, language))}
    </p>
  )
}

function Selectable({ shops }: { shops: ShopInList[] }) {
  const texts = useReviewTexts()
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [asked, setAsked] = useState<number[] | null>(null)
  const decisions = useShopDecisions(() => {
    setAsked(null)
    setSelected(new Set())
  })
  // A shop that has left the list meanwhile is not selected any more.
  const chosen = shops.filter((shop) => selected.has(shop.id)).map((shop) => shop.id)
  const decide = (decision: ShopDecision) => decisions.mutate(decision)
  return (
    <>
      <SelectionBar
        count={chosen.length}
        isAll={chosen.length === shops.length}
        busy={decisions.isPending}
        onAll={(all) => setSelected(new Set(all ? shops.map((shop) => shop.id) : []))}
        onApprove={() => decide({ shop_ids: chosen, action: 'approve' })}
        onBlock={() => setAsked(chosen)}
      />
      <DecisionResult decisions={decisions} shops={shops} />
      <ul className={styles.list} aria-label={texts.shops}>
        {shops.map((shop) => (
          <ShopLine
            key={shop.id}
            shop={shop}
            selected={selected.has(shop.id)}
            busy={decisions.isPending}
            onSelect={(isOn) => setSelected(changed(selected, shop.id, isOn))}
            onApprove={() => decide({ shop_ids: [shop.id], action: 'approve' })}
            onBlock={() => setAsked([shop.id])}
          />
        ))}
      </ul>
      {asked !== null && (
        <DecisionDialog
          shops={shops.filter((shop) => asked.includes(shop.id))}
          decisions={decisions}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

function changed(selected: ReadonlySet<number>, id: number, isOn: boolean): ReadonlySet<number> {
  const next = new Set(selected)
  if (isOn) next.add(id)
  else next.delete(id)
  return next
}
