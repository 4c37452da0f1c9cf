import { expireApprovalsJob } from '#domains/approvals/public.ts'
import { eraseProfileJob, makeExportJob, sweepJob } from '#domains/compliance/public.ts'
import { purgeSessionsJob } from '#domains/identity/public.ts'
import { purgeExpired } from '#domains/media/public.ts'
import { sendMailJob } from '#domains/notifications/public.ts'
import { handleEventJob, reconcileJob } from '#domains/payments/public.ts'
import { failOverdueJob, renderGenerationJob } from '#domains/studio/public.ts'
import type { JobKind } from '#infra/jobs.ts'
import type { JsonObject } from '#kernel/json.ts'
import { purgeExpiredRowsJob } from './housekeeping.ts'

/** Every kind of job of this build: the migration makes a queue for each. */
export const JOB_KINDS: JobKind<JsonObject>[] = [
  renderGenerationJob,
  failOverdueJob,
  sendMailJob,
  purgeExpired,
  purgeExpiredRowsJob,
  purgeSessionsJob,
  expireApprovalsJob,
  eraseProfileJob,
  makeExportJob,
  sweepJob,
  handleEventJob,
  reconcileJob,
]
