import { defineJob, type Recurring, type Worker, worker } from '#infra/jobs.ts'
import { type PurgeDeps, purgeExpiredMedia } from './purge-expired-media.ts'

export const purgeExpired = defineJob<Record<string, never>>('media.purge_expired', {
  retry_limit: 2,
  retry_delay_s: 60,
  expire_s: 900,
})

export function mediaWorkers(deps: PurgeDeps): Worker[] {
  return [worker(purgeExpired, 1, async ({ signal }) => void (await purgeExpiredMedia(deps, signal)))]
}

/** Hourly (contract 5): temporary files go within the hour after their end. */
export const mediaSchedule: Recurring[] = [{ kind: purgeExpired, cron: '17 * * * *' }]
