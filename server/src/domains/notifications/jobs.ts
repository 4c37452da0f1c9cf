import { defineJob } from '#infra/jobs.ts'

/** Eight tries within about a day: 1, 2, 4 … minutes apart, six hours at most (contract 5). */
export const sendMailJob = defineJob<{ mail_id: number }>('notifications.send_mail', {
  retry_limit: 7,
  retry_delay_s: 60,
  retry_backoff: true,
  retry_delay_max_s: 21_600,
  expire_s: 60,
})
