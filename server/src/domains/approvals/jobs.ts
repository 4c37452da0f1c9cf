import { defineJob } from '#infra/jobs.ts'

/** Every five minutes. May run any number of times. */
export const expireApprovalsJob = defineJob('approvals.expire', {
  retry_limit: 2,
  retry_delay_s: 60,
  expire_s: 60,
})
