import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { RECENT_SIGN_IN_MS } from '../model.ts'
import { boundToSession } from '../passkeys/ceremony.ts'
import { usePasskey } from '../passkeys/use-passkey.ts'
import { checkPassword } from '../password/hash-password.ts'
import {
  exactlyOneOf,
  invalidCode,
  invalidCredentials,
  invalidPasskey,
  reauthRequired,
  tokenRevoked,
} from '../problems.ts'
import { useSecondFactor } from '../two-factor/use-second-factor.ts'
import { findSession, renewAuthentication } from './queries.ts'

type SignedIn = UserActor | ShopActor

export type ConfirmIdentity = {
  password?: string
  code?: string
  passkey?: AuthenticationResponseJSON
  call: CallContext
}
type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter' | 'shared'>

/**
 * The person at a signed-in device proves again who he is, so that sensitive changes are open for 15 minutes
 * (step-up). With a second factor a code or a passkey is asked for, without it the password.
 * @throws bad_request (400); invalid_credentials, invalid_code, invalid_passkey (401); rate_limited (429)
 */
export async function confirmIdentity(deps: Deps, actor: SignedIn, input: ConfirmIdentity): Promise<void> {
  const { password, code, passkey, call } = input
  if ([password, code, passkey].filter((given) => given !== undefined).length !== 1)
    throw exactlyOneOf('password', 'code', 'passkey')
  await limitTries(deps, password === undefined ? 'second_factor' : 'password', actor.account_id)
  const account = await findAccount(deps.db, actor.account_id)
  const needs_factor = account?.two_factor_enabled_at !== null
  if (password !== undefined) {
    const is_right = await checkPassword(password, account?.password_hash ?? null)
    if (!account || needs_factor || !is_right) throw invalidCredentials()
  }
  if (passkey !== undefined) {
    const ceremony = { account_id: actor.account_id, bound_to: boundToSession(actor.session_id) }
    if (!(await usePasskey(deps, ceremony, passkey))) throw invalidPasskey()
  }
  await inTransaction(deps.db, async (tx) => {
    if (
      code !== undefined &&
      !(needs_factor && (await useSecondFactor(tx, deps, actor.account_id, { code })))
    )
      throw invalidCode()
    await renewAuthentication(tx, actor.session_id, deps.clock.now())
    await record(tx, {
      actor,
      call,
      action: 'identity.identity_confirmed',
      entity_type: 'session',
      entity_id: actor.session_id,
    })
  })
}

/** @throws token_revoked (401) when the session has ended; reauth_required (401) when the sign-in of the session is older than 15 minutes (readiness row A-11) */
export async function assertRecentSignIn(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: SignedIn,
): Promise<void> {
  const session = await findSession(deps.db, actor.session_id)
  if (!session || session.revoked_at !== null) throw tokenRevoked()
  const age_ms = deps.clock.now().getTime() - session.authenticated_at.getTime()
  if (age_ms > RECENT_SIGN_IN_MS) throw reauthRequired()
}
