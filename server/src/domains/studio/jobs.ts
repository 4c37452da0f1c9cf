import { defineJob } from '#infra/jobs.ts'

/**
 * Paints one generation. A worker that dies is noticed after the heartbeat and the job goes to another worker;
 * how often a provider may fail is counted on the row (TRIES_MAX), not here.
 */
export const renderGenerationJob = defineJob<{ generation_id: number }>('studio.render_generation', {
  retry_limit: 8,
  retry_delay_s: 1,
  expire_s: 180,
  heartbeat_s: 10,
})

/** Every minute: what has no result after ten minutes fails and is given back. */
export const failOverdueJob = defineJob('studio.fail_overdue', {
  retry_limit: 2,
  retry_delay_s: 5,
  expire_s: 60,
})
