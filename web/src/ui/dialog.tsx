import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'
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
