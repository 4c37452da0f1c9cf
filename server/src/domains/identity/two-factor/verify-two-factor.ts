import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { record } from '#domains/audit/public.ts'
import { inTransaction } from '#infra/db.ts'
import type { CallContext } from '#kernel/actor.ts'
import type { Problem } from '#kernel/problem.ts'
import { readProfiles, type SignedIn } from '../accounts/finish-sign-in.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { boundToSignIn } from '../passkeys/ceremony.ts'
import { usePasskey } from '../passkeys/use-passkey.ts'
import { exactlyOneOf, invalidCode, invalidPasskey } from '../problems.ts'
import { openSession } from '../sessions/open-session.ts'
import { openPreAuth, type PreAuth, spendPreAuth } from './pre-auth.ts'
import { type SecondFactor, useSecondFactor } from './use-second-factor.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>
export type VerifyTwoFactor = {
  pre_auth_token: string
  code?: string
  recovery_code?: string
  call: CallContext
}

/**
 * Second step of signing in by a code of the authenticator app or a recovery code.
 * @throws bad_request (400); invalid_code, not_authenticated, token_expired (401); rate_limited (429)
 */
export async function verifyTwoFactor(deps: Deps, input: VerifyTwoFactor): Promise<SignedIn> {
  const factor = factorOf(input)
  const pre_auth = await openPreAuth(deps, input.pre_auth_token, 'verify')
  const { account } = pre_auth
  // Across all pre-auth tokens of the account: a new first step buys no new guesses.
  await limitTries(deps, 'second_factor', account.id)
  const is_right = await inTransaction(deps.db, (tx) => useSecondFactor(tx, deps, account.id, factor))
  return enter(deps, pre_auth, { is_right, method: 'otp', refusal: invalidCode, call: input.call })
}

/**
 * Second step of signing in by a passkey, over a challenge of this very sign-in.
 * @throws invalid_passkey, not_authenticated, token_expired (401); rate_limited (429)
 */
export async function verifyPasskey(
  deps: Deps,
  input: { pre_auth_token: string; credential: AuthenticationResponseJSON; call: CallContext },
): Promise<SignedIn> {
  const pre_auth = await openPreAuth(deps, input.pre_auth_token, 'verify')
  const account_id = pre_auth.account.id
  await limitTries(deps, 'second_factor', account_id)
  const ceremony = { account_id, bound_to: boundToSignIn(pre_auth.jti) }
  const is_right = await usePasskey(deps, ceremony, input.credential)
  return enter(deps, pre_auth, { is_right, method: 'passkey', refusal: invalidPasskey, call: input.call })
}

type Proof = { is_right: boolean; method: 'otp' | 'passkey'; refusal: () => Problem; call: CallContext }

async function enter(deps: Deps, pre_auth: PreAuth, proof: Proof): Promise<SignedIn> {
  const { is_right, method, call } = proof
  const { account, request } = pre_auth
  if (!is_right) {
    await noteRefusal(deps, pre_auth, { method, call })
    throw proof.refusal()
  }
  await spendPreAuth(deps, pre_auth.jti)
  const { tokens } = await inTransaction(deps.db, (tx) =>
    openSession(tx, deps, {
      ...request,
      amr: [...request.amr, method],
      account_id: account.id,
      seen_password_changed_at: account.password_changed_at,
      call,
    }),
  )
  return { kind: 'signed_in', tokens, ...(await readProfiles(deps.db, account, request)) }
}

function factorOf({ code, recovery_code }: { code?: string; recovery_code?: string }): SecondFactor {
  if (code !== undefined && recovery_code === undefined) return { code }
  if (recovery_code !== undefined && code === undefined) return { recovery_code }
  throw exactlyOneOf('code', 'recovery_code')
}

async function noteRefusal(
  deps: Deps,
  { account, request }: PreAuth,
  { method, call }: Pick<Proof, 'method' | 'call'>,
): Promise<void> {
  await inTransaction(deps.db, (tx) =>
    record(tx, {
      actor: { kind: 'guest' },
      call,
      action: 'identity.sign_in_failed',
      entity_type: 'account',
      entity_id: account.id,
      new_values: { method, account_type: request.account_type },
    }),
  )
}
