import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { inTransaction } from '#infra/db.ts'
import type { IdentityDeps } from '../deps.ts'
import { type Ceremony, passkeyOrigins, takeChallenge } from './ceremony.ts'
import { advanceCounter, findPasskey } from './queries.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'config' | 'shared'>

/**
 * True when a passkey of the account signed an open challenge of this ceremony, with the person verified, on a page of
 * ours. The challenge is used up whatever comes out. A counter that did not grow is a copy of the authenticator
 * (WebAuthn 6.1.1). The caller limits tries.
 */
export async function usePasskey(
  deps: Deps,
  { account_id, bound_to }: Pick<Ceremony, 'account_id' | 'bound_to'>,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  const passkey = await findPasskey(deps.db, account_id, response.id)
  if (!passkey) return false
  const ceremony: Ceremony = { purpose: 'prove', account_id, bound_to }
  const { credential_id: id, counter, transports } = passkey
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(deps, ceremony, challenge),
    expectedOrigin: passkeyOrigins(deps.config),
    expectedRPID: deps.config.passkey_rp_id,
    credential: { id, publicKey: new Uint8Array(passkey.public_key), counter, transports },
    requireUserVerification: true,
    // Anything that is wrong with it, the library throws as a plain error.
  }).catch(() => null)
  if (!result?.verified) return false
  const { newCounter } = result.authenticationInfo
  return inTransaction(deps.db, (tx) =>
    advanceCounter(tx, { id: passkey.id, seen: counter, counter: newCounter, now: deps.clock.now() }),
  )
}
