import type { AccountId, UserId } from '#kernel/id.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts'

/** A copy of a person's data may be asked for once in this time (contract 2.2). */
export const EXPORT_EVERY_MS = DAY_MS
/** So long the link in the mail is good; then the archive goes. */
export const EXPORT_KEPT_MS = 7 * DAY_MS

/**
 * A request that was on its way while a profile ended may write a last row, and the last mails are written after it: an
 * erasure is looked at again after this time, and only then it has ended.
 */
export const LAST_LOOK_MS = HOUR_MS
/** Requests and jobs that began before the end have come to theirs by then; what is younger belongs to somebody new. */
export const LATE_MS = 2 * MINUTE_MS

/** Whose data are copied. */
export type Person = { account_id: AccountId; user_id: UserId }

/** What a profile that has ended left in other slices. */
export type LeftBehind = {
  profile: 'user' | 'shop'
  profile_id: number
  account_id: AccountId
  is_account_closed: boolean
  /** Of a closed account. */
  email: string | null
  /** What is younger is not his. */
  until: Date
  /** Nothing may stay now, the confirmation of the erasure itself included. */
  is_last_look: boolean
}
