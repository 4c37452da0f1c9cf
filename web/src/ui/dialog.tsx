import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'

const FIELD = 'input:not([type=hidden]):not(:disabled), textarea, select'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  closeLabel: string
  children: ReactNode
  /** Buttons at the bottom; the safe one first. */
  actions?: ReactNode
  /** Shows something that cannot be seen again: it closes by its own button only. */
  keptOpen?: boolean
}

/** A sheet from below on phones, a card in the middle on wide screens. Keeps the focus and gives it back. */
export function Dialog({
  open,
  onOpenChange,
  title,
  closeLabel,
  children,
  actions,
  keptOpen = false,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  const giveBack = useFocusBefore(open, popup)
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (next || !keptOpen) onOpenChange(next)
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          ref={popup}
          className={styles.popup}
          // What is asked for, and not the button that closes. After a touch the keyboard of the phone stays down.
          finalFocus={giveBack}
          initialFocus={(by) =>
            by === 'touch' ? true : (popup.current?.querySelector<HTMLElement>(FIELD) ?? true)
          }
        >
          <div className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {!keptOpen && <Base.Close render={<IconButton icon="close" label={closeLabel} />} />}
          </div>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/**
 * Where the focus goes when the dialog has closed: back to where it came from, or to the page when that is gone. It stays
 * where it is when another dialog has it by then.
 */
function useFocusBefore(open: boolean, popup: RefObject<HTMLElement | null>) {
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement
  }, [open])
  return () => {
    const other = document.activeElement?.closest('[role=dialog]') ?? null
    if (other !== null && other !== popup.current) return false
    const came_from = before.current
    return came_from instanceof HTMLElement && came_from.isConnected && came_from !== document.body
      ? came_from
      : document.querySelector<HTMLElement>('main')
  }
}
