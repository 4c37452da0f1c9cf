import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import type { AccountRow } from '../accounts/queries.ts'

export type FactorChange = { account: AccountRow; actor: Actor; call: CallContext }

/** What changed about the ways of proving the second step while it stays on. */
export type FactorEvent =
  | 'passkey_added'
  | 'passkey_removed'
  | 'totp_added'
  | 'totp_removed'
  | 'recovery_codes_renewed'

/** Tells the owner by mail (readiness row A-11). */
export async function noteFactorChange(
  tx: Tx,
  { account }: Pick<FactorChange, 'account'>,
  change: FactorEvent,
): Promise<void> {
  const { id: account_id, email, locale } = account
  await emit(tx, { name: 'identity.factors_changed', payload: { account_id, email, locale, change } })
}
