import { useEffect } from 'react'
import { useLive } from '../../api/browser-live.ts'
import type { LiveEvent } from '../../api/live.ts'
import { queryClient } from '../../api/query-client.ts'
import { readAgain } from '../../api/read-again.ts'
import { toast } from '../../ui/toaster.tsx'
import { cardKey, cardsKey, countsKey } from './queries.ts'
import { useCardTexts } from './texts.ts'

const ABOUT_CARDS = [
  'product.created',
  'product.updated',
  'product.deleted',
  'product.approved',
  'product.rejected',
  'product.rent_expired',
]

/** Keeps the cards on the page true while others decide about them. Shows nothing. */
export function CardEvents() {
  const texts = useCardTexts()
  const live = useLive('shop', (event) => {
    if (!ABOUT_CARDS.includes(event.event)) return
    const about = productOf(event)
    readCards(about?.product_id)
    if (about && event.event === 'product.approved') toast(texts.event_approved(about.product_name))
    if (about && event.event === 'product.rejected') toast(texts.event_rejected(about.product_name))
  })
  useEffect(() => {
    if (live === 'on') readAgain(cardsKey, countsKey, ['my-card'])
  }, [live])
  return null
}

function readCards(product_id: number | undefined): void {
  void queryClient.invalidateQueries({ queryKey: cardsKey })
  void queryClient.invalidateQueries({ queryKey: countsKey })
  if (product_id !== undefined) void queryClient.invalidateQueries({ queryKey: cardKey(product_id) })
}

function productOf({ data }: LiveEvent): { product_id: number; product_name: string } | null {
  if (typeof data !== 'object' || data === null) return null
  const has: Record<string, unknown> = { ...data }
  const { product_id, product_name } = has
  return typeof product_id === 'number' && typeof product_name === 'string'
    ? { product_id, product_name }
    : null
}
