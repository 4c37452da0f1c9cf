import { notAuthenticated } from '#infra/http.ts'
import type { Actor } from '#kernel/actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { hasSecondFactor } from '../model.ts'
import { roleChanged, tokenRevoked, twoFactorRequired } from '../problems.ts'
import { findSessionState, livingActor, type SessionState } from '../sessions/session-state.ts'
import { openToken } from './tokens.ts'

type Deps = Pick<IdentityDeps, 'pool' | 'clock' | 'keys' | 'config'>

/**
 * Who calls, from an access token: signature, purpose and life first, then the session as the database has it now.
 * @throws not_authenticated, token_expired, token_revoked, role_changed, two_factor_required (401)
 */
export async function authenticate(deps: Deps, bearer: string): Promise<Actor> {
  const claims = await openToken(deps, bearer, 'access')
  if (typeof claims.sid !== 'string') throw notAuthenticated()
  const state = await findSessionState(deps.pool, { public_id: claims.sid })
  if (!state) throw tokenRevoked()
  const stored_role = state.account_type === 'shop' ? 'shop' : state.role
  if (claims.account_type !== state.account_type) throw notAuthenticated()
  // Before the session itself: whoever changes a role also ends the sessions, and the client should know why.
  if (stored_role !== null && claims.role !== stored_role) throw roleChanged()
  const actor = livingActor(state, deps.clock.now())
  if (!actor) throw tokenRevoked()
  assertSecondFactor(state)
  return actor
}

/** An admin acts only in a session that was opened with the second factor, however the role was come by. */
function assertSecondFactor(state: Pick<SessionState, 'role' | 'amr'>): void {
  if (state.role === 'admin' && !hasSecondFactor(state.amr)) throw twoFactorRequired()
}
