import { record } from '#domains/audit/public.ts'
import type { Tx } from '#infra/db.ts'
import { emit } from '#infra/outbox.ts'
import { updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { endAll } from '../sessions/end-session.ts'
import type { Tokens } from '../sessions/issue-tokens.ts'
import { openSession } from '../sessions/open-session.ts'
import { addMethod } from '../sessions/queries.ts'
import type { FactorChange } from './note-factor-change.ts'
import type { PreAuth } from './pre-auth.ts'
import { replaceRecoveryCodes } from './queries.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'

type Deps = Pick<IdentityDeps, 'clock' | 'keys' | 'config'>
type SwitchOn = FactorChange & { pre_auth: PreAuth | null; method: 'otp' | 'passkey' }

/**
 * The first factor of an account was proved: the second step is on, the other sessions end, recovery codes are made.
 * They are shown now and never again. For the caller's transaction, which holds the account.
 */
export async function switchOn(
  tx: Tx,
  deps: Deps,
  change: SwitchOn,
): Promise<{ recovery_codes: string[]; tokens: Tokens | null }> {
  const { account } = change
  await updateAccount(tx, account.id, { two_factor_enabled_at: deps.clock.now() })
  const recovery_codes = await renewCodes(tx, deps, account.id)
  const tokens = await enter(tx, deps, change)
  await noteSwitch(tx, change, true)
  return { recovery_codes, tokens }
}

/** New recovery codes in place of all older ones. */
export async function renewCodes(tx: Tx, deps: Pick<IdentityDeps, 'config'>, account_id: number) {
  const codes = newRecoveryCodes()
  const key = deps.config.data_encryption_key
  await replaceRecoveryCodes(
    tx,
    account_id,
    codes.map((code) => recoveryCodeHash(key, account_id, code)),
  )
  return codes
}

/**
 * A session opened without the factor is as weak as before: only the one at hand goes on, and it counts as proved.
 * A pre-auth token for enrolment is worthless from here on, because the factor is on.
 */
async function enter(tx: Tx, deps: Deps, change: SwitchOn): Promise<Tokens | null> {
  const { account, actor, pre_auth, call, method } = change
  const keep = actor.kind === 'guest' || pre_auth ? {} : { except_session_id: actor.session_id }
  await endAll(tx, deps, { account_id: account.id, ...keep }, { reason: 'two_factor_enabled', actor, call })
  if (!pre_auth) {
    if (actor.kind !== 'guest') await addMethod(tx, actor.session_id, method, deps.clock.now())
    return null
  }
  const { request } = pre_auth
  const opened = await openSession(tx, deps, {
    ...request,
    amr: [...request.amr, method],
    account_id: account.id,
    seen_password_changed_at: pre_auth.account.password_changed_at,
    call,
  })
  return opened.tokens
}

/** The mail and the record of the second step going on or off. */
export async function noteSwitch(
  tx: Tx,
  { account, actor, call }: FactorChange,
  enabled: boolean,
): Promise<void> {
  const { id: account_id, email, locale } = account
  await emit(tx, { name: 'identity.two_factor_changed', payload: { account_id, email, locale, enabled } })
  await record(tx, {
    actor,
    call,
    action: enabled ? 'identity.two_factor_enabled' : 'identity.two_factor_disabled',
    entity_type: 'account',
    entity_id: account_id,
    old_values: { two_factor: !enabled },
    new_values: { two_factor: enabled },
  })
}
