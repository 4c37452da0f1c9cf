export type { PaymentsDeps } from './deps.ts'
export { handleEvent } from './handle-webhook.ts'
export { handleEventJob, reconcileJob } from './jobs.ts'
export { createPaypal } from './paypal.ts'
/** A reason not to end a profile now. */
export { findPendingPayment } from './pending-payments.ts'
export { reconcilePayments } from './reconcile-payments.ts'
