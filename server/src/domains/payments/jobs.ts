import { defineJob } from '#infra/jobs.ts'

export const handleEventJob = defineJob<{ event_id: number }>('payments.handle_event', {
  retry_limit: 10,
  retry_delay_s: 30,
  retry_backoff: true,
  retry_delay_max_s: 3_600,
  expire_s: 60,
})

/** Every five minutes: payments that neither browser nor webhook has ended. */
export const reconcileJob = defineJob('payments.reconcile', {
  retry_limit: 1,
  retry_delay_s: 30,
  expire_s: 240,
})
