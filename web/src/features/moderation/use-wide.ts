import { useSyncExternalStore } from 'react'

const WIDE = '(min-width: 1024px)'

/** Whether queue and card stand side by side; the same width as in `desk.module.css`. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(WIDE)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => window.matchMedia(WIDE).matches,
    () => true,
  )
}
