import type { Db, Tx } from '#infra/db.ts'
import type { UserActor } from '#kernel/actor.ts'
import type { UserId } from '#kernel/id.ts'
import type { Clock } from '#kernel/time.ts'
import type { Agreement } from './model.ts'

/** A kind of change, declared by the slice that owns what is changed. */
export type ApprovalKind = {
  /** `slice.change` */
  kind: string
  /**
   * Makes the change in the transaction of the approval. The payload is what was asked for days ago: it is checked
   * against the present first, and a problem thrown here leaves the request waiting.
   */
  carryOut: (tx: Tx, payload: unknown, agreement: Agreement) => Promise<void>
}

/** What the slices of sensitive changes need to know of the staff; identity does it. */
export type StaffGuard = {
  /** @throws reauth_required (401) */
  assertRecentSignIn: (actor: UserActor) => Promise<void>
  /**
   * All living admins, locked: roles and blocks stand still until the transaction ends.
   * @throws role_changed (401) when the caller is none any more
   */
  lockAdminsAs: (tx: Tx, actor: UserActor) => Promise<UserId[]>
}

export type ApprovalsDeps = StaffGuard & {
  db: Db
  clock: Clock
  /** Whether this installation asks for two persons: configuration, so that nobody switches it off alone. */
  two_person_rule: boolean
  kinds: ApprovalKind[]
}
