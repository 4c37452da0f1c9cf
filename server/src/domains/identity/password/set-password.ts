import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import { type AccountRow, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { endAll } from '../sessions/end-session.ts'
import { standsAlone } from './password-rules.ts'

export type SetPassword = {
  account: AccountRow
  password: string
  password_hash: string
  actor: Actor
  call: CallContext
  /** The session that may go on; all others end. */
  keep_session_id?: number
}

/** Writes a new password, ends the other sessions, and tells the owner. For the caller's transaction. */
export async function setPassword(
  tx: Tx,
  deps: Pick<IdentityDeps, 'clock'>,
  input: SetPassword,
): Promise<void> {
  const { account, actor, call } = input
  await updateAccount(tx, account.id, {
    password_hash: input.password_hash,
    password_changed_at: deps.clock.now(),
    password_stands_alone: standsAlone(input.password),
  })
  const { id: account_id, email, locale } = account
  await emit(tx, { name: 'identity.password_changed', payload: { account_id, email, locale } })
  const others = input.keep_session_id === undefined ? {} : { except_session_id: input.keep_session_id }
  await endAll(tx, deps, { account_id, ...others }, { reason: 'password_changed', actor, call })
  await record(tx, {
    actor,
    call,
    action: 'identity.password_changed',
    entity_type: 'account',
    entity_id: account_id,
  })
}
