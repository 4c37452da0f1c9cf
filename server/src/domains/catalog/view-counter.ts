import { createHmac } from 'node:crypto'
import type { Db } from '#infra/db.ts'
import type { Logger } from '#infra/log.ts'
import type { SharedState } from '#infra/shared-state.ts'
import { asSystem } from '#infra/wall.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { seesEverything } from './policy.ts'
import { addViews } from './queries/products.ts'

export type ViewCounter = {
  /** Counts in the background; the answer to the reader does not wait for it. */
  count(actor: Actor, call: CallContext, product: { id: number; shop_id: number }): void
  /** Writes what was counted since the last time. */
  flush(): Promise<void>
  /** Ends the timer and writes what is left. */
  stop(): Promise<void>
}

export type ViewCounterDeps = { db: Db; shared: SharedState; log: Logger; visitor_key: Buffer }

const SAME_VISIT_MS = 30 * MINUTE_MS
const FLUSH_MS = 30 * SECOND_MS
const BOTS =
  /bot|crawl|spider|slurp|preview|headless|monitor|curl|wget|python|scrapy|httpclient|facebookexternalhit/i

/**
 * Views of product pages (contract 4.10): a visitor counts once in 30 minutes, the shop itself, admins and bots never.
 * Buffered in memory and written every 30 s by one statement; a crash loses at most that.
 */
export function startViewCounter(deps: ViewCounterDeps): ViewCounter {
  const buffered = new Map<number, number>()
  const pending = new Set<Promise<void>>()

  async function countOnce(visitor: string, product_id: number): Promise<void> {
    try {
      const is_first = await deps.shared.setIfAbsent(`view:${product_id}:${visitor}`, '1', SAME_VISIT_MS)
      if (is_first) buffered.set(product_id, (buffered.get(product_id) ?? 0) + 1)
    } catch (err) {
      deps.log.warn({ err, event: 'catalog.view_not_counted' }, 'view not counted')
    }
  }

  async function flush(): Promise<void> {
    const counts = [...buffered]
      .map(([product_id, views]) => ({ product_id, views }))
      .sort((a, b) => a.product_id - b.product_id)
    if (counts.length === 0) return
    buffered.clear()
    try {
      // Cards of all shops at once, seen by whomever.
      await asSystem(() => addViews(deps.db, counts))
    } catch (err) {
      for (const { product_id, views } of counts)
        buffered.set(product_id, (buffered.get(product_id) ?? 0) + views)
      deps.log.warn(
        { err, event: 'catalog.views_not_written', products: counts.length },
        'views not written, kept for later',
      )
    }
  }

  const timer = setInterval(() => void flush(), FLUSH_MS)
  timer.unref()
  return {
    count(actor, call, product) {
      if (seesEverything(actor, product) || !call.user_agent || BOTS.test(call.user_agent)) return
      const work: Promise<void> = countOnce(visitorOf(deps.visitor_key, actor, call), product.id).finally(
        () => pending.delete(work),
      )
      pending.add(work)
    },
    async flush() {
      await Promise.all(pending)
      await flush()
    },
    async stop() {
      clearInterval(timer)
      await Promise.all(pending)
      await flush()
    },
  }
}

/** The account, or a keyed hash of address and browser: the store holds nobody's address. */
function visitorOf(visitor_key: Buffer, actor: Actor, call: CallContext): string {
  if (actor.kind !== 'guest') return `account-${actor.account_id}`
  const browser = `${call.ip ?? ''}\n${call.user_agent ?? ''}`
  return createHmac('sha256', visitor_key).update(browser).digest('base64url').slice(0, 22)
}
