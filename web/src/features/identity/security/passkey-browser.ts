import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import type { paths } from '../../../api/generated/schema.ts'

type Body<Operation> = Operation extends {
  requestBody: { content: { 'application/json': infer Sent } }
}
  ? Sent
  : never
type Json<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never
export type PasskeyCreation = Json<paths['/api/v1/auth/2fa/passkeys/registration-options']['post']>
type PasskeyRequest = Json<paths['/api/v1/auth/2fa/passkeys/authentication-options']['post']>
type MadePasskey = Body<paths['/api/v1/auth/2fa/passkeys']['post']>['credential']
type UsedPasskey = Body<paths['/api/v1/auth/2fa/passkeys/verify']['post']>['credential']

/** Why the browser gave no key; `cancelled` also when nothing answered in time, which browsers do not tell apart. */
export type PasskeyFault = 'cancelled' | 'known' | 'unable' | 'wrong_site'

export function passkeysWork(): boolean {
  return browserSupportsWebAuthn()
}

/** Asks the person at the device for a new key. @throws WebAuthnError */
export async function makePasskey(options: PasskeyCreation): Promise<MadePasskey> {
  // Both are of the other half of the same library; the contract names their members more loosely.
  const made = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
  return made as object as MadePasskey
}

/** Asks the person at the device to use a key. @throws WebAuthnError */
export async function proveByPasskey(options: PasskeyRequest): Promise<UsedPasskey> {
  // As above.
  const used = await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON })
  return used as object as UsedPasskey
}

/** Null for what the browser had no part in, such as a refusal of the server. */
export function passkeyFault(error: unknown): PasskeyFault | null {
  if (error instanceof WebAuthnError) return FAULTS[error.code] ?? 'cancelled'
  return error instanceof DOMException ? 'cancelled' : null
}

const FAULTS: Partial<Record<string, PasskeyFault>> = {
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'known',
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT: 'unable',
  ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT: 'unable',
  ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG: 'unable',
  ERROR_INVALID_DOMAIN: 'wrong_site',
  ERROR_INVALID_RP_ID: 'wrong_site',
}
