import { generateRegistrationOptions } from '@simplewebauthn/server'
import { mac } from '#infra/crypto-box.ts'
import { notAuthenticated } from '#infra/http.ts'
import type { Actor } from '#kernel/actor.ts'
import { findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { type Enroller, whoEnrols } from '../two-factor/set-up-two-factor.ts'
import {
  boundToSession,
  boundToSignIn,
  type Ceremony,
  keepChallenge,
  PASSKEY_ALGORITHMS,
} from './ceremony.ts'
import { listPasskeys } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>

/**
 * What the browser needs to make a passkey. For a signed-in account with a recent sign-in, or for the holder of a
 * pre-auth token that demands enrolment.
 * @throws reauth_required, not_authenticated (401)
 */
export async function beginPasskeyRegistration(deps: Deps, actor: Actor, input: { pre_auth_token?: string }) {
  const enroller = await whoEnrols(deps, actor, input.pre_auth_token)
  const { account_id } = enroller
  const account = await findAccount(deps.db, account_id)
  if (!account) throw notAuthenticated()
  const { app_name, passkey_rp_id, data_encryption_key } = deps.config
  const known = await listPasskeys(deps.db, account_id)
  const options = await generateRegistrationOptions({
    rpName: app_name,
    rpID: passkey_rp_id,
    userName: account.email,
    // Says nothing about the person and is the same for all of his passkeys (WebAuthn 14.6.1).
    userID: new Uint8Array(Buffer.from(mac(data_encryption_key, `passkey-user:${account_id}`), 'base64url')),
    attestationType: 'none',
    excludeCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
  })
  await keepChallenge(deps, registrationOf(actor, enroller), options.challenge)
  return options
}

export function registrationOf(actor: Actor, { account_id, pre_auth }: Enroller): Ceremony {
  if (pre_auth) return { purpose: 'register', account_id, bound_to: boundToSignIn(pre_auth.jti) }
  if (actor.kind === 'guest') throw notAuthenticated()
  return { purpose: 'register', account_id, bound_to: boundToSession(actor.session_id) }
}
