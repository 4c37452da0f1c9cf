import { useEffect } from 'react'

/** Title of the page in tab, history and screen reader. */
export function PageTitle({ children }: { children: string }) {
  useEffect(() => {
    document.title = children === '' ? 'Leema' : `${children} · Leema`
  }, [children])
  return null
}
