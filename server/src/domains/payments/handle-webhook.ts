import { inTransaction } from '#infra/db.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { PaymentsDeps } from './deps.ts'
import { eventFacts } from './event-facts.ts'
import { handleEventJob } from './jobs.ts'
import type { WebhookHeaders } from './paypal.ts'
import { badSignature, providerError } from './problems.ts'
import { settlePayment } from './settle-payment.ts'

/**
 * Verified, stored without the payer, answered; the work is a job (M8). The same event again changes nothing.
 * @throws bad_request (400) for a bad signature, payment_provider_error (503) when it cannot be verified now
 */
export async function receiveWebhook(
  deps: PaymentsDeps,
  headers: WebhookHeaders,
  event: JsonObject & { id: string; event_type: string },
): Promise<void> {
  const { id, event_type } = event
  if (Object.values(headers).includes('')) throw badSignature()
  const genuine = await deps.paypal.isGenuine(headers, event).catch(() => null)
  if (genuine === null) throw providerError()
  if (!genuine) throw badSignature()
  await inTransaction(deps.db, async (tx) => {
    const row = await tx
      .insertInto('payments.provider_events')
      .values({
        provider: 'paypal',
        provider_event_id: id,
        type: event_type,
        payload: JSON.stringify(eventFacts(event)),
      })
      .onConflict((oc) => oc.columns(['provider', 'provider_event_id']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (row) await deps.jobs.enqueue(tx, handleEventJob, { event_id: row.id })
  })
}

/** Refunds, reversals and disputes are reported until there is a rule for them. */
const HANDLED = new Set([
  'PAYMENT.CAPTURE.COMPLETED',
  'PAYMENT.CAPTURE.DENIED',
  'PAYMENT.CAPTURE.PENDING',
  'CHECKOUT.ORDER.APPROVED',
])

/** Job `payments.handle_event`. The event is only a hint: truth is read back from the provider. */
export async function handleEvent(deps: PaymentsDeps, event_id: number): Promise<void> {
  const row = await deps.db
    .selectFrom('payments.provider_events')
    .select(['type', 'payload', 'processed_at'])
    .where('id', '=', event_id)
    .executeTakeFirst()
  if (!row || row.processed_at !== null) return
  const order_id = orderIdOf(row.payload)
  if (!HANDLED.has(row.type)) {
    deps.log.error(
      { event: 'payments.event_unhandled', event_id, type: row.type },
      'PayPal tells of something that nobody handles yet',
    )
  } else if (order_id !== null) {
    const settled = await settlePayment(deps, order_id)
    if (settled?.state === 'pending' && settled.reason === 'provider_away')
      throw new Error('PayPal did not answer')
  }
  await deps.db
    .updateTable('payments.provider_events')
    .set({ processed_at: deps.clock.now() })
    .where('id', '=', event_id)
    .execute()
}

/** The order an event speaks of: itself (CHECKOUT.ORDER.*) or related to a capture (PAYMENT.CAPTURE.*). */
function orderIdOf(payload: unknown): string | null {
  const resource = memberOf(payload, 'resource')
  const related = memberOf(memberOf(memberOf(resource, 'supplementary_data'), 'related_ids'), 'order_id')
  if (typeof related === 'string') return related
  const id = memberOf(resource, 'id')
  const type = memberOf(payload, 'event_type')
  return typeof type === 'string' && type.startsWith('CHECKOUT.ORDER.') && typeof id === 'string' ? id : null
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
