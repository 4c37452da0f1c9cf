import { generateAuthenticationOptions } from '@simplewebauthn/server'
import { notAuthenticated } from '#infra/http.ts'
import type { Actor } from '#kernel/actor.ts'
import { invalidState } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { readPreAuth } from '../two-factor/pre-auth.ts'
import { boundToSession, boundToSignIn, type Ceremony, keepChallenge } from './ceremony.ts'
import { listPasskeys } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'shared'>

/**
 * What the browser needs to use a passkey: as the second step of signing in, or signed in for step-up.
 * @throws not_authenticated, token_expired (401); invalid_state (409) when the account has no passkey
 */
export async function beginPasskeyProof(deps: Deps, actor: Actor, input: { pre_auth_token?: string }) {
  const ceremony = await proofFor(deps, actor, input.pre_auth_token)
  const known = await listPasskeys(deps.db, ceremony.account_id)
  if (known.length === 0) throw invalidState(NONE)
  const options = await generateAuthenticationOptions({
    rpID: deps.config.passkey_rp_id,
    allowCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
    userVerification: 'required',
  })
  await keepChallenge(deps, ceremony, options.challenge)
  return options
}

async function proofFor(deps: Deps, actor: Actor, pre_auth_token: string | undefined): Promise<Ceremony> {
  if (pre_auth_token !== undefined) {
    const { account, jti } = await readPreAuth(deps, pre_auth_token, 'verify')
    return { purpose: 'prove', account_id: account.id, bound_to: boundToSignIn(jti) }
  }
  if (actor.kind === 'guest') throw notAuthenticated()
  return { purpose: 'prove', account_id: actor.account_id, bound_to: boundToSession(actor.session_id) }
}

const NONE = {
  ru: 'У аккаунта нет ключей доступа',
  kk: 'Аккаунтта кіру кілті жоқ',
  en: 'The account has no passkeys',
}
