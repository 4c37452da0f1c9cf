import { failTransaction, listPending, markChecked, type PendingTransaction } from '#domains/wallet/public.ts'
import { inTransaction } from '#infra/db.ts'
import { after } from '#kernel/time.ts'
import type { PaymentsDeps } from './deps.ts'
import { PAYMENT_LIFE_MS, RECONCILE_AFTER_MS } from './model.ts'
import { settlePayment } from './settle-payment.ts'

/**
 * Job `payments.reconcile` (contract 5): asks PayPal about every payment older than ten minutes. Paid ones are settled;
 * ones that were never approved end after three hours. What PayPal does not answer for stays as it is.
 */
export async function reconcilePayments(deps: PaymentsDeps): Promise<void> {
  const now = deps.clock.now()
  const dead_before = after(now, -PAYMENT_LIFE_MS)
  for (const transaction of await listPending(deps.db, after(now, -RECONCILE_AFTER_MS))) {
    // One that cannot be asked about must not keep the others from being asked.
    await reconcileOne(deps, transaction, dead_before).catch((err: unknown) => {
      deps.log.error(
        { event: 'payments.reconcile_failed', transaction_id: transaction.id, err },
        'payment not reconciled',
      )
    })
    await inTransaction(deps.db, (tx) => markChecked(tx, transaction.id, now))
  }
}

async function reconcileOne(
  deps: PaymentsDeps,
  transaction: PendingTransaction,
  dead_before: Date,
): Promise<void> {
  const settled =
    transaction.paypal_order_id === null ? null : await settlePayment(deps, transaction.paypal_order_id)
  const is_unpaid = settled === null || (settled?.state === 'pending' && settled.reason === 'not_approved')
  if (is_unpaid && transaction.created_at < dead_before) {
    await inTransaction(deps.db, (tx) => failTransaction(tx, transaction.id, 'expired'))
  }
}
