import { useSyncExternalStore } from 'react'
import { Icon } from './icon.tsx'
import styles from './toaster.module.css'

const SHOWN_MS = 5_000

let shown: { id: number; words: string } | null = null
const listeners = new Set<() => void>()

/** One sentence about something that has just happened. Never for errors that need an answer. */
export function toast(words: string): void {
  const id = (shown?.id ?? 0) + 1
  become({ id, words })
  setTimeout(() => {
    if (shown?.id === id) become(null)
  }, SHOWN_MS)
}

/** The live region is always there, or screen readers would miss what appears in it. */
export function Toaster() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
  return (
    <div className={styles.place} role="status">
      {current && (
        <p className={styles.toast} key={current.id}>
          <Icon name="check" size={18} />
          {current.words}
        </p>
      )}
    </div>
  )
}

function become(next: typeof shown): void {
  shown = next
  for (const listener of listeners) listener()
}
