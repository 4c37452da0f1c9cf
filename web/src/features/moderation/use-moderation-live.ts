import { useEffect, useRef } from 'react'
import { useLive } from '../../api/browser-live.ts'
import type { LiveEvent } from '../../api/live.ts'
import { queryClient } from '../../api/query-client.ts'
import { readAgain } from '../../api/read-again.ts'
import type { Product } from '../../api/types.ts'
import { dropFromQueue, queueKey, tellWaiting, underway } from './queries.ts'

/** Many events at once (a bulk decision, a shop's import) read the queue once. */
const PAUSE_MS = 1_000

/** Keeps queue and count true while shops submit and other admins decide. */
export function useModerationLive(): void {
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readSoon = () => {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => void queryClient.invalidateQueries({ queryKey: queueKey }), PAUSE_MS)
  }
  const live = useLive('admin', (event) => {
    const update = updateOf(event)
    if (!update) return
    tellWaiting(update.pending_count)
    if (update.product_id === null) return readSoon()
    if (underway.has(update.product_id)) return
    if (update.action === 'processed' || update.action === 'removed') dropFromQueue(update.product_id)
    else readSoon()
    const shown = queryClient.getQueryData<Product[]>(queueKey)
    // Fewer on the page than the server says, and none of them beyond the page: something was missed.
    if (shown && shown.length < Math.min(update.pending_count, 10)) readSoon()
  })
  useEffect(() => {
    if (live === 'on') readAgain(queueKey)
  }, [live])
  useEffect(() => () => clearTimeout(pause.current), [])
}

type QueueUpdate = { action: string; product_id: number | null; pending_count: number }

/** `moderation.queue_updated` (contract 3.4, QueueEvent); null for everything else. */
function updateOf({ event, data }: LiveEvent): QueueUpdate | null {
  if (event !== 'moderation.queue_updated' || typeof data !== 'object' || data === null) return null
  const { action, product_id, pending_count }: Record<string, unknown> = { ...data }
  if (typeof action !== 'string' || typeof pending_count !== 'number') return null
  return { action, pending_count, product_id: typeof product_id === 'number' ? product_id : null }
}
