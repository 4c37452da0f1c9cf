import type { Verdict } from '../../api/can.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import styles from './decision-bar.module.css'
import { type Command, useShortcutSwitch } from './shortcuts.ts'
import { useModerationTexts } from './texts.ts'

type DecisionBarProps = {
  place: { index: number; total: number } | null
  isPending: boolean
  canApprove: Verdict
  canReject: Verdict
  onCommand: (command: Command) => void
}

/** The two decisions and the way through the queue, always in reach; each names its key. */
export function DecisionBar({ place, isPending, canApprove, canReject, onCommand }: DecisionBarProps) {
  const texts = useModerationTexts()
  const [keysOn] = useShortcutSwitch()
  const key = (name: string) => keysOn && <kbd className={styles.key}>{name}</kbd>
  const why = canApprove.allowed
    ? canReject.allowed
      ? null
      : texts.already_rejected
    : texts.already_approved
  return (
    <div className={styles.bar}>
      <Button
        kind="primary"
        icon="check"
        busy={isPending}
        disabled={!canApprove.allowed}
        aria-keyshortcuts="A"
        onClick={() => onCommand('approve')}
      >
        {texts.approve}
        {key('A')}
      </Button>
      <Button
        kind="danger"
        icon="close"
        disabled={isPending || !canReject.allowed}
        aria-keyshortcuts="R"
        onClick={() => onCommand('reject')}
      >
        {texts.reject}
        {key('R')}
      </Button>
      {why !== null && <span className={styles.why}>{why}</span>}
      <div className={styles.walk}>
        <IconButton
          icon="left"
          label={keysOn ? `${texts.previous} (K)` : texts.previous}
          disabled={place === null || place.index === 1}
          onClick={() => onCommand('previous')}
        />
        {place && (
          <span className={styles.place} role="status">
            {texts.position(place.index, place.total)}
          </span>
        )}
        <IconButton
          icon="right"
          label={keysOn ? `${texts.next} (J)` : texts.next}
          disabled={place !== null && place.index === place.total}
          onClick={() => onCommand('next')}
        />
        <button type="button" className={styles.help} onClick={() => onCommand('help')}>
          <kbd className={styles.key}>?</kbd>
          <span className={styles.helpWords}>{texts.help}</span>
        </button>
      </div>
    </div>
  )
}
