import { useEffect } from 'react'
import { useLive } from '../../api/browser-live.ts'
import { queryClient } from '../../api/query-client.ts'
import { shopsKey } from './queries.ts'

const ABOUT_SHOPS = ['shop.created', 'shop.updated', 'shop.approved', 'shop.rejected', 'shop.deleted']

/** Keeps the list of waiting shops true. Shows nothing. */
export function ShopReviewEvents() {
  const live = useLive('admin', ({ event }) => {
    if (ABOUT_SHOPS.includes(event)) void queryClient.invalidateQueries({ queryKey: shopsKey })
  })
  useEffect(() => {
    if (live === 'on') void queryClient.invalidateQueries({ queryKey: shopsKey })
  }, [live])
  return null
}
