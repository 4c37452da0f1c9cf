import { defineJob } from '#infra/jobs.ts'

/** Deletes what one profile left behind. */
export const eraseProfileJob = defineJob<{ erasure_id: number }>('compliance.erase_profile', {
  retry_limit: 8,
  retry_delay_s: 5,
  retry_backoff: true,
  retry_delay_max_s: 600,
  expire_s: 900,
  heartbeat_s: 10,
})

/** Collects one copy of a person's data. Thousands of pictures may take minutes. */
export const makeExportJob = defineJob<{ export_id: number }>('compliance.make_export', {
  retry_limit: 5,
  retry_delay_s: 10,
  retry_backoff: true,
  expire_s: 3_600,
  heartbeat_s: 10,
})

/** Every ten minutes (contract 5): erasures that have not ended, archives that had their time. */
export const sweepJob = defineJob('compliance.sweep', { retry_limit: 2, retry_delay_s: 60, expire_s: 300 })
