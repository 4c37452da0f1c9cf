import type { StaffGuard } from '#domains/approvals/public.ts'
import type { Db } from '#infra/db.ts'
import type { Clock } from '#kernel/time.ts'

export type SettingsDeps = StaffGuard & {
  db: Db
  clock: Clock
  /** With it a change waits for a second admin. */
  two_person_rule: boolean
}
