import { useState } from 'react'
import { moderationCan } from '../../api/can.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Product } from '../../api/types.ts'
import { classNames } from '../../lib/class-names.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { useWide } from '../../lib/use-wide.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { State } from '../../ui/state.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import styles from './desk.module.css'
import { HelpDialog } from './help-dialog.tsx'
import { useCard, useQueue } from './queries.ts'
import { neighbour, nextAfter } from './queue.ts'
import { QueueList } from './queue-list.tsx'
import { RejectDialog } from './reject-dialog.tsx'
import { Review } from './review.tsx'
import { type Command, useShortcuts } from './shortcuts.ts'
import { useModerationTexts } from './texts.ts'
import { useDecisions } from './use-decisions.ts'

type DeskProps = {
  /** The card of the address; null when the address names none. */
  product_id: number | null
  onOpen: (product_id: number | null) => void
}

/** The queue, the card under review, and the two decisions; by mouse, by thumb and by keyboard. */
export function Desk({ product_id, onOpen }: DeskProps) {
  const queue = useQueue()
  const isWide = useWide()
  const cards = queue.data ?? []
  if (queue.isPending) return <Waiting />
  if (queue.isError && cards.length === 0)
    return <Failed error={queue.error} onRetry={() => void queue.refetch()} />
  // Beside the queue there is always a card; on a phone the queue comes first.
  const open_id = product_id ?? (isWide ? (cards[0]?.id ?? null) : null)
  return <OpenDesk cards={cards} open_id={open_id} hasAddress={product_id !== null} onOpen={onOpen} />
}

type OpenDeskProps = {
  cards: readonly Product[]
  open_id: number | null
  hasAddress: boolean
  onOpen: DeskProps['onOpen']
}

function OpenDesk({ cards, open_id, hasAddress, onOpen }: OpenDeskProps) {
  const texts = useModerationTexts()
  const [rejecting, setRejecting] = useState<number | null>(null)
  const [isHelping, setHelping] = useState(false)
  const [picture, setPicture] = useState({ of: open_id, index: 0 })
  // The next card starts with its first picture.
  if (picture.of !== open_id) setPicture({ of: open_id, index: 0 })
  const decisions = useDecisions((next) => onOpen(next?.id ?? null))
  const waiting = cards.find(({ id }) => id === open_id)
  // An address may also name a card that was decided before.
  const other = useCard(open_id ?? 0, open_id !== null && waiting === undefined)
  const current = waiting ?? other.data

  function turn(step: 1 | -1) {
    const count = current?.images.length ?? 0
    if (count > 0) setPicture(({ of, index }) => ({ of, index: (index + step + count) % count }))
  }
  function run(command: Command) {
    if (command === 'help') setHelping(true)
    if (command === 'next' || command === 'previous') {
      const next = open_id === null ? cards[0] : neighbour(cards, open_id, command === 'next' ? 1 : -1)
      if (next) onOpen(next.id)
    }
    if (command === 'next_picture') turn(1)
    if (command === 'previous_picture') turn(-1)
    if (!current) return
    if (command === 'approve' && moderationCan.approve(current).allowed) decisions.approve(current)
    if (command === 'reject' && moderationCan.reject(current).allowed) setRejecting(current.id)
  }
  useShortcuts(run)

  return (
    <div className={classNames(styles.desk, hasAddress && styles.opened)}>
      <aside className={styles.queue} aria-label={texts.queue}>
        <QueueList cards={cards} current={open_id} poor={decisions.poor} />
      </aside>
      <div className={styles.card}>
        <p className={styles.said} role="status">
          {decisions.said !== '' && <Icon name="check" size={18} />}
          {decisions.said}
        </p>
        {current ? (
          <Review
            product={current}
            picture={picture.index}
            onPicture={(index) => setPicture({ of: open_id, index })}
            place={placeOf(cards, current.id)}
            decisions={decisions}
            onCommand={run}
            onQueue={() => onOpen(null)}
            onSkip={() => onOpen(nextAfter(cards, current.id)?.id ?? null)}
          />
        ) : (
          <NoCard
            isLoading={other.isFetching}
            isGone={other.isError}
            onQueue={() => onOpen(null)}
            isEmpty={cards.length === 0}
          />
        )}
      </div>
      {current && (
        <RejectDialog
          key={current.id}
          open={rejecting === current.id}
          onOpenChange={(open) => setRejecting(open ? current.id : null)}
          product={current}
          decisions={decisions}
        />
      )}
      <HelpDialog open={isHelping} onOpenChange={setHelping} />
    </div>
  )
}

function placeOf(cards: readonly Product[], product_id: number): { index: number; total: number } | null {
  const index = cards.findIndex(({ id }) => id === product_id)
  return index === -1 ? null : { index: index + 1, total: cards.length }
}

type NoCardProps = { isLoading: boolean; isGone: boolean; isEmpty: boolean; onQueue: () => void }

function NoCard({ isLoading, isGone, isEmpty, onQueue }: NoCardProps) {
  const texts = useModerationTexts()
  if (isLoading) return <Waiting />
  if (isGone) {
    return (
      <State
        icon="hanger"
        title={texts.gone_title}
        announce
        action={<Button onClick={onQueue}>{texts.to_queue}</Button>}
      >
        <p>{texts.gone_text}</p>
      </State>
    )
  }
  if (!isEmpty) return null
  return (
    <State icon="check" title={texts.empty_title}>
      <p>{texts.empty_text}</p>
    </State>
  )
}

function Waiting() {
  const texts = useModerationTexts()
  return (
    <div role="status">
      <VisuallyHidden>{texts.loading}</VisuallyHidden>
      <Skeleton shape="block" />
      <Skeleton shape="block" />
    </div>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const texts = useModerationTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  return (
    <State
      icon="warning"
      title={texts.failed_title}
      announce
      action={<Button onClick={onRetry}>{ui.retry}</Button>}
    >
      <p>{problemText(error)}</p>
    </State>
  )
}
