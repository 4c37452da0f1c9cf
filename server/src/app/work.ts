import { expireApprovals, expireApprovalsJob } from '#domains/approvals/public.ts'
import {
  eraseProfile,
  eraseProfileJob,
  makeExport,
  makeExportJob,
  sweep,
  sweepJob,
} from '#domains/compliance/public.ts'
import { purgeSessions, purgeSessionsJob } from '#domains/identity/public.ts'
import { mediaSchedule, mediaWorkers } from '#domains/media/public.ts'
import { mailListeners, sendMail, sendMailJob } from '#domains/notifications/public.ts'
import { handleEvent, handleEventJob, reconcileJob, reconcilePayments } from '#domains/payments/public.ts'
import {
  failOverdue,
  failOverdueJob,
  type ImageProvider,
  renderGeneration,
  renderGenerationJob,
} from '#domains/studio/public.ts'
import { keepWantedTryOn } from '#domains/wardrobe/public.ts'
import { type Recurring, type Worker, worker } from '#infra/jobs.ts'
import type { Listener } from '#infra/outbox.ts'
import { purgeExpired } from '#infra/shared-state-postgres.ts'
import { purgeExpiredRows, purgeExpiredRowsJob } from './housekeeping.ts'
import type { Parts } from './slices.ts'

/** One try-on uses one core for seconds: more at once on one machine would only slow each other down. */
const PAINTERS = 1
const MAILERS = 4

/** Who hears which event, in the delivering transaction. */
export function listeners(parts: Parts): Listener[] {
  const { jobs, config } = parts
  return [
    ...mailListeners({
      jobs,
      app_name: config.app_name,
      site_origin: config.site_origin,
      currency: config.currency,
    }),
    keepWantedTryOn,
  ]
}

/** What the worker role does. */
export function workers(parts: Parts & { provider: ImageProvider }): Worker[] {
  const { db, clock, log, mail, pool, config } = parts
  const render = { ...parts.studio, provider: parts.provider }
  const mail_domain = new URL(config.site_origin).hostname
  return [
    worker(renderGenerationJob, PAINTERS, (run) => renderGeneration(render, run)),
    worker(failOverdueJob, 1, async () => void (await failOverdue(parts.studio))),
    worker(sendMailJob, MAILERS, (run) =>
      sendMail({ db, clock, log, transport: mail, mail_domain, keeps_bodies: config.smtp_url === null }, run),
    ),
    worker(purgeExpiredRowsJob, 1, () => purgeExpiredRows({ db, purgeShared: () => purgeExpired(pool) })),
    worker(purgeSessionsJob, 1, () => purgeSessions(parts.identity)),
    worker(expireApprovalsJob, 1, async () => void (await expireApprovals(parts.approvals))),
    worker(handleEventJob, 2, ({ data }) => handleEvent(parts.payments, data.event_id)),
    worker(reconcileJob, 1, () => reconcilePayments(parts.payments)),
    worker(eraseProfileJob, 2, ({ data }) => eraseProfile(parts.compliance, data.erasure_id)),
    worker(makeExportJob, 1, (run) => makeExport(parts.compliance, run)),
    worker(sweepJob, 1, () => sweep(parts.compliance)),
    ...mediaWorkers(parts.media),
  ]
}

/** What the scheduler role starts by the clock (UTC). */
export const schedule: Recurring[] = [
  { kind: failOverdueJob, cron: '* * * * *' },
  { kind: purgeExpiredRowsJob, cron: '*/5 * * * *' },
  { kind: purgeSessionsJob, cron: '41 * * * *' },
  { kind: expireApprovalsJob, cron: '*/5 * * * *' },
  { kind: reconcileJob, cron: '*/5 * * * *' },
  { kind: sweepJob, cron: '*/10 * * * *' },
  ...mediaSchedule,
]
