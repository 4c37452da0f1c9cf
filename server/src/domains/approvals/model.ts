import type { CallContext, UserActor } from '#kernel/actor.ts'
import type { UserId } from '#kernel/id.ts'
import type { JsonObject } from '#kernel/json.ts'
import { after, DAY_MS } from '#kernel/time.ts'

export const APPROVAL_STATES = ['waiting', 'approved', 'rejected', 'withdrawn', 'expired'] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

/** Every move begins at `waiting`; whoever asked may only take it back, and only another one decides. */
export const MOVES = {
  approve: { to: 'approved', by: 'another', action: 'approvals.approved' },
  reject: { to: 'rejected', by: 'another', action: 'approvals.rejected' },
  withdraw: { to: 'withdrawn', by: 'asker', action: 'approvals.withdrawn' },
} as const satisfies Record<string, { to: ApprovalState; by: 'another' | 'asker'; action: string }>
export type Move = keyof typeof MOVES

const WAITS_MS = 7 * DAY_MS

export function expiryOf(asked_at: Date): Date {
  return after(asked_at, WAITS_MS)
}

/** What one admin asks for. */
export type AskedChange = {
  kind: string
  /** What is to be changed: while one request for it waits there is no second. Null: any number may wait. */
  subject: string | null
  /** All that carrying it out needs; shown to the admin who decides. */
  payload: JsonObject
  reason: string | null
}

/** Who agreed to what, for the slice that carries it out. */
export type Agreement = {
  approval_id: number
  asked_by: UserId
  approver: UserActor
  reason: string | null
  call: CallContext
  now: Date
}

export function isApprovalState(text: string): text is ApprovalState {
  return APPROVAL_STATES.some((state) => state === text)
}
