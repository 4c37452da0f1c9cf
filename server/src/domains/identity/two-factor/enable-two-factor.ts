import { record } from '#domains/audit/public.ts'
import { inTransaction, type Tx } from '#infra/db.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { Actor, CallContext } from '#kernel/actor.ts'
import { readProfiles, type SignedIn } from '../accounts/finish-sign-in.ts'
import { lockAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { invalidCode, twoFactorAlreadyOn } from '../problems.ts'
import { addMethod } from '../sessions/queries.ts'
import { type FactorChange, noteFactorChange } from './note-factor-change.ts'
import { confirmSecret, factorsOf } from './queries.ts'
import { whoEnrols } from './set-up-two-factor.ts'
import { switchOn } from './switch-on.ts'
import { useFirstCode } from './use-second-factor.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>
export type EnableTwoFactor = { code: string; pre_auth_token?: string; call: CallContext }
/**
 * `signed_in` for the holder of a pre-auth token, whom this signs in. No recovery codes when the account has them
 * already from a passkey.
 */
export type TwoFactorEnabled = { recovery_codes: string[]; signed_in: SignedIn | null }

/**
 * Takes the authenticator app in use with a first code; the first factor of an account ends its other sessions.
 * @throws invalid_code, reauth_required, not_authenticated (401); already_exists (409); rate_limited (429)
 */
export async function enableTwoFactor(
  deps: Deps,
  actor: Actor,
  input: EnableTwoFactor,
): Promise<TwoFactorEnabled> {
  const { account_id, pre_auth } = await whoEnrols(deps, actor, input.pre_auth_token)
  await limitTries(deps, 'second_factor', account_id)
  const done = await inTransaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, account_id, 'update')
    if (!account) throw notAuthenticated()
    if ((await factorsOf(tx, account_id)).totp) throw twoFactorAlreadyOn()
    if (!(await useFirstCode(tx, deps, account_id, input.code))) throw invalidCode()
    await confirmSecret(tx, account_id, deps.clock.now())
    const change = { account, actor, call: input.call }
    const entered =
      account.two_factor_enabled_at === null
        ? await switchOn(tx, deps, { ...change, pre_auth, method: 'otp' })
        : await addToPasskeys(tx, deps, change)
    return { account, ...entered }
  })
  const { recovery_codes, tokens } = done
  if (!pre_auth || !tokens) return { recovery_codes, signed_in: null }
  const profiles = await readProfiles(deps.db, done.account, pre_auth.request)
  return { recovery_codes, signed_in: { kind: 'signed_in', tokens, ...profiles } }
}

async function addToPasskeys(tx: Tx, deps: Deps, change: FactorChange) {
  const { account, actor, call } = change
  await noteFactorChange(tx, change, 'totp_added')
  if (actor.kind !== 'guest') await addMethod(tx, actor.session_id, 'otp', deps.clock.now())
  const about = { actor, call, entity_type: 'account', entity_id: account.id }
  await record(tx, { ...about, action: 'identity.totp_added' })
  return { recovery_codes: [], tokens: null }
}
