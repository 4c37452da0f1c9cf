import type { SharedState } from '#infra/shared-state.ts'
import { hashSecret } from '#kernel/id.ts'
import type { Clock } from '#kernel/time.ts'
import type { IdentityConfig } from '../deps.ts'
import { PRE_AUTH_MS } from '../model.ts'

/** EdDSA, ES256, RS256 (COSE numbers): every authenticator in use has one of them. */
export const PASSKEY_ALGORITHMS = [-8, -7, -257]
export const PASSKEYS_MAX = 10

export type CeremonyDeps = { shared: SharedState; clock: Clock; config: IdentityConfig }

/** What a challenge was made for. One that was made for something else, somebody else or another session is none. */
export type Ceremony = { purpose: 'register' | 'prove'; account_id: number; bound_to: string }

export function boundToSession(session_id: number): string {
  return `session:${session_id}`
}

export function boundToSignIn(jti: string): string {
  return `sign-in:${jti}`
}

export async function keepChallenge(
  deps: Pick<CeremonyDeps, 'shared'>,
  ceremony: Ceremony,
  challenge: string,
): Promise<void> {
  await deps.shared.set(keyOf(ceremony, challenge), 'open', PRE_AUTH_MS)
}

/** True for the first caller with a challenge of this ceremony: a proof that comes back is worth nothing. */
export async function takeChallenge(
  deps: Pick<CeremonyDeps, 'shared'>,
  ceremony: Ceremony,
  challenge: string,
): Promise<boolean> {
  return (await deps.shared.take(keyOf(ceremony, challenge))) !== null
}

function keyOf({ purpose, account_id, bound_to }: Ceremony, challenge: string): string {
  return `identity:passkey:${hashSecret(`${purpose}:${account_id}:${bound_to}:${challenge}`)}`
}

/** Pages of the platform that lie within the domain of the passkeys. */
export function passkeyOrigins(config: Pick<IdentityConfig, 'allowed_origins' | 'passkey_rp_id'>): string[] {
  const { passkey_rp_id } = config
  return config.allowed_origins.filter((origin) => {
    const { hostname } = new URL(origin)
    return hostname === passkey_rp_id || hostname.endsWith(`.${passkey_rp_id}`)
  })
}
