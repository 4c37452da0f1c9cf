import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext, ShopActor, UserActor } from '#kernel/actor.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { RECENT_SIGN_IN_MS } from '../model.ts'
import { checkPassword } from '../password/hash-password.ts'
import { exactlyOneOf, invalidCode, invalidCredentials, reauthRequired } from '../problems.ts'
import { useSecondFactor } from '../two-factor/use-second-factor.ts'
import { findSession, renewAuthentication } from './queries.ts'

type SignedIn = UserActor | ShopActor

/**
 * The person at a signed-in device proves again who he is, so that sensitive changes are open for 15 minutes
 * (step-up). With a second factor the code is asked for, without it the password.
 * @throws bad_request (400); invalid_credentials, invalid_code (401); rate_limited (429)
 */
export async function confirmIdentity(
  deps: Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'limiter'>,
  actor: SignedIn,
  input: { password?: string; code?: string; call: CallContext },
): Promise<void> {
  const { password, code, call } = input
  if ((password === undefined) === (code === undefined)) throw exactlyOneOf('password', 'code')
  await limitTries(deps, code === undefined ? 'password' : 'second_factor', actor.account_id)
  const account = await findAccount(deps.db, actor.account_id)
  const needs_code = account?.two_factor_enabled_at !== null
  if (code === undefined) {
    const is_right = await checkPassword(password ?? '', account?.password_hash ?? null)
    if (!account || needs_code || !is_right) throw invalidCredentials()
  }
  await inTransaction(deps.db, async (tx) => {
    if (code !== undefined && !(needs_code && (await useSecondFactor(tx, deps, actor.account_id, { code }))))
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

/** @throws reauth_required (401) when the sign-in of the session is older than 15 minutes (readiness row A-11) */
export async function assertRecentSignIn(
  deps: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: SignedIn,
): Promise<void> {
  const session = await findSession(deps.db, actor.session_id)
  const age_ms = deps.clock.now().getTime() - (session?.authenticated_at.getTime() ?? 0)
  if (age_ms > RECENT_SIGN_IN_MS) throw reauthRequired()
}
