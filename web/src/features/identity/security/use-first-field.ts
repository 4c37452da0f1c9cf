import { type RefObject, useEffect } from 'react'

/**
 * Puts the cursor into the first field of what has just appeared. Two frames later: a dialog notices in the first where
 * the focus came from, to give it back there, and takes it to itself when the pressed button is gone.
 */
export function useFirstField(container: RefObject<HTMLElement | null>, wanted = true): void {
  useEffect(() => {
    if (!wanted) return
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => container.current?.querySelector('input')?.focus())
    })
    return () => cancelAnimationFrame(frame)
  }, [container, wanted])
}
