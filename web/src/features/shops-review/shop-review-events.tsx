import { useEffect, useRef } from 'react'
import { useLive } from '../../api/browser-live.ts'
import { queryClient } from '../../api/query-client.ts'
import { readAgain } from '../../api/read-again.ts'
import { shopsKey } from './queries.ts'

const ABOUT_SHOPS = ['shop.created', 'shop.updated', 'shop.approved', 'shop.rejected', 'shop.deleted']
/** One decision sends several events; the list is read once for all of them. */
const PAUSE_MS = 1_000

/** Keeps the list of waiting shops true. Shows nothing. */
export function ShopReviewEvents() {
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const live = useLive('admin', ({ event }) => {
    if (!ABOUT_SHOPS.includes(event)) return
    clearTimeout(pause.current)
    pause.current = setTimeout(() => void queryClient.invalidateQueries({ queryKey: shopsKey }), PAUSE_MS)
  })
  useEffect(() => () => clearTimeout(pause.current), [])
  useEffect(() => {
    if (live === 'on') readAgain(shopsKey)
  }, [live])
  return null
}
