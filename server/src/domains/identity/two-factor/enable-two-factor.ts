import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import { emit } from '#infra/outbox.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import { readProfiles, type SignedIn } from '../accounts/finish-sign-in.ts'
import { type AccountRow, lockAccount, updateAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { invalidCode, twoFactorAlreadyOn } from '../problems.ts'
import { endAll } from '../sessions/end-session.ts'
import type { Tokens } from '../sessions/issue-tokens.ts'
import { openSession } from '../sessions/open-session.ts'
import { addMethod } from '../sessions/queries.ts'
import type { PreAuth } from './pre-auth.ts'
import { replaceRecoveryCodes } from './queries.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { whoEnrols } from './set-up-two-factor.ts'
import { useSecondFactor } from './use-second-factor.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>
export type EnableTwoFactor = { code: string; pre_auth_token?: string; call: CallContext }
/** `signed_in` for the holder of a pre-auth token, whom this signs in. */
export type TwoFactorEnabled = { recovery_codes: string[]; signed_in: SignedIn | null }

/**
 * Switches the second factor on with a first code; the account's other sessions end. The recovery codes are shown
 * here and never again.
 * @throws invalid_code, reauth_required, not_authenticated (401); already_exists (409); rate_limited (429)
 */
export async function enableTwoFactor(
  deps: Deps,
  actor: Actor,
  input: EnableTwoFactor,
): Promise<TwoFactorEnabled> {
  const { account_id, pre_auth } = await whoEnrols(deps, actor, input.pre_auth_token)
  await limitTries(deps, 'second_factor', account_id)
  const recovery_codes = newRecoveryCodes()
  const done = await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, account_id, 'update')
    if (!account) throw notAuthenticated()
    if (account.two_factor_enabled_at !== null) throw twoFactorAlreadyOn()
    if (!(await useSecondFactor(tx, deps, account_id, { code: input.code }))) throw invalidCode()
    await updateAccount(tx, account_id, { two_factor_enabled_at: deps.clock.now() })
    const key = deps.config.data_encryption_key
    await replaceRecoveryCodes(
      tx,
      account_id,
      recovery_codes.map((code) => recoveryCodeHash(key, account_id, code)),
    )
    const tokens = await enter(tx, deps, { account, actor, pre_auth, call: input.call })
    await noteChange(tx, account, { actor, call: input.call, enabled: true })
    return { account, tokens }
  })
  if (!pre_auth || !done.tokens) return { recovery_codes, signed_in: null }
  const profiles = await readProfiles(deps.db, done.account, pre_auth.request)
  return { recovery_codes, signed_in: { kind: 'signed_in', tokens: done.tokens, ...profiles } }
}

type Entry = { account: AccountRow; actor: Actor; pre_auth: PreAuth | null; call: CallContext }

/**
 * A session opened without the factor is as weak as before: only the one at hand goes on, and it counts as proved.
 * A pre-auth token for enrolment is worthless from here on, because the factor is on.
 */
async function enter(tx: Tx, deps: Deps, { account, actor, pre_auth, call }: Entry): Promise<Tokens | null> {
  const keep = actor.kind === 'guest' || pre_auth ? {} : { except_session_id: actor.session_id }
  await endAll(tx, deps, { account_id: account.id, ...keep }, { reason: 'two_factor_enabled', actor, call })
  if (!pre_auth) {
    if (actor.kind !== 'guest') await addMethod(tx, actor.session_id, 'otp', deps.clock.now())
    return null
  }
  const { request } = pre_auth
  const seen_password_changed_at = pre_auth.account.password_changed_at
  const opened = await openSession(tx, deps, {
    ...request,
    amr: [...request.amr, 'otp'],
    account_id: account.id,
    seen_password_changed_at,
    call,
  })
  return opened.tokens
}

export async function noteChange(
  tx: Tx,
  account: AccountRow,
  { actor, call, enabled }: { actor: Actor; call: CallContext; enabled: boolean },
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
