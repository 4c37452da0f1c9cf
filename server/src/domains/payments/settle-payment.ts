import {
  completeTopUp,
  failTransaction,
  findByPaypalOrder,
  type PendingTransaction,
} from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { PaymentsDeps } from './deps.ts'
import type { Settled } from './model.ts'
import type { CaptureOutcome } from './paypal.ts'

type SettleDeps = Pick<PaymentsDeps, 'db' | 'clock' | 'log' | 'paypal'>

/**
 * The one way a PayPal payment becomes real, for all four who may trigger it: the client, the browser's return, the
 * webhook and the reconciler (contract 4.4). May be called any number of times, also at once: PayPal is asked with a
 * stable key, and the row leaves PENDING once.
 */
export async function settlePayment(deps: SettleDeps, paypal_order_id: string): Promise<Settled | undefined> {
  const transaction = await findByPaypalOrder(deps.db, paypal_order_id)
  if (!transaction) return undefined
  if (transaction.status !== 'PENDING') return decided(transaction)
  const outcome = await askProvider(deps, transaction, paypal_order_id)
  if (outcome === null) return { state: 'pending', transaction_id: transaction.id, reason: 'provider_away' }
  if (outcome.outcome === 'not_approved')
    return { state: 'pending', transaction_id: transaction.id, reason: 'not_approved' }
  if (outcome.outcome === 'declined') return refuse(deps, transaction)
  const { capture } = outcome.order
  if (
    !capture ||
    capture.amount_cents !== transaction.amount_cents ||
    capture.currency !== transaction.currency
  ) {
    // Never credited on a difference (M10): a person must look at it, so the row stays PENDING and is reported.
    deps.log.error(
      {
        event: 'payments.amount_mismatch',
        transaction_id: transaction.id,
        expected_cents: transaction.amount_cents,
        captured_cents: capture?.amount_cents,
      },
      'captured amount differs',
    )
    return { state: 'pending', transaction_id: transaction.id, reason: 'under_review' }
  }
  const completed = await inTransaction(deps.db, (tx) =>
    completeTopUp(tx, {
      transaction_id: transaction.id,
      paypal_capture_id: capture.id,
      now: deps.clock.now(),
    }),
  )
  return completed
    ? { state: 'completed', transaction_id: transaction.id, amount_cents: transaction.amount_cents }
    : readAgain(deps, transaction)
}

/** Somebody else ended the row meanwhile. Money that arrived for one that had failed must be looked at by a person. */
async function readAgain(deps: SettleDeps, transaction: PendingTransaction): Promise<Settled> {
  const { id: transaction_id, paypal_order_id } = transaction
  const row = paypal_order_id === null ? undefined : await findByPaypalOrder(deps.db, paypal_order_id)
  if (row && row.status !== 'FAILED') return decided(row)
  deps.log.error(
    { event: 'payments.captured_after_end', transaction_id },
    'money captured for a payment that had ended',
  )
  return { state: 'pending', transaction_id, reason: 'under_review' }
}

function decided(transaction: PendingTransaction): Settled {
  const { id: transaction_id, amount_cents } = transaction
  return transaction.status === 'FAILED'
    ? { state: 'failed', transaction_id }
    : { state: 'completed', transaction_id, amount_cents }
}

/** Null when PayPal does not answer: only a definite no is a failure (M11). */
async function askProvider(
  deps: SettleDeps,
  transaction: PendingTransaction,
  paypal_order_id: string,
): Promise<CaptureOutcome | null> {
  try {
    return await deps.paypal.capture(paypal_order_id, `capture-${transaction.id}`)
  } catch (err) {
    deps.log.warn(
      { event: 'payments.provider_away', transaction_id: transaction.id, err },
      'PayPal did not answer',
    )
    return null
  }
}

async function refuse(deps: SettleDeps, transaction: PendingTransaction): Promise<Settled> {
  const failed = await inTransaction(deps.db, (tx) => failTransaction(tx, transaction.id, 'declined'))
  if (failed) return { state: 'failed', transaction_id: transaction.id }
  const now =
    transaction.paypal_order_id === null
      ? undefined
      : await findByPaypalOrder(deps.db, transaction.paypal_order_id)
  return decided(now ?? transaction)
}
