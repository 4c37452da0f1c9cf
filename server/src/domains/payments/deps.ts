import type { Db } from '#infra/db.ts'
import type { Jobs } from '#infra/jobs.ts'
import type { Logger } from '#infra/log.ts'
import type { Clock } from '#kernel/time.ts'
import type { Paypal } from './paypal.ts'

export type PaymentsDeps = {
  db: Db
  clock: Clock
  jobs: Jobs
  log: Logger
  paypal: Paypal
  config: { public_origin: string; site_origin: string; app_link_scheme: string; currency: string }
}
