import { session } from '../../../api/browser-session.ts'
import { answer, api } from '../../../api/client.ts'
import { setPending } from '../pending-second-factor.ts'
import { makePasskey, type PasskeyCreation, proveByPasskey } from './passkey-browser.ts'

type PreAuth = string | null

/** Of a sign-in under way; without a token the caller is the signed-in account. */
const bodyOf = (pre_auth_token: PreAuth) => (pre_auth_token === null ? {} : { pre_auth_token })

export async function changePassword(current_password: string, password: string): Promise<void> {
  await answer(api.POST('/api/v1/auth/password/change', { body: { current_password, password } }))
}

export async function askForEmailChange(email: string): Promise<void> {
  await answer(api.POST('/api/v1/auth/email/change', { body: { email } }))
}

/** By the link of the letter, which anybody may open, or by its six digits, which need a session. */
export async function confirmEmailChange(proof: { token: string } | { code: string }): Promise<void> {
  await answer(api.POST('/api/v1/auth/email/change/confirm', { body: proof }))
}

export async function removeApp(): Promise<void> {
  await answer(api.DELETE('/api/v1/auth/2fa/totp'))
}

export async function renewRecoveryCodes(): Promise<string[]> {
  return (await answer(api.POST('/api/v1/auth/2fa/recovery-codes'))).recovery_codes
}

/** May ask for a recent proof, and so comes before the browser's own question. */
export async function beginPasskey(pre_auth_token: PreAuth): Promise<PasskeyCreation> {
  return answer(api.POST('/api/v1/auth/2fa/passkeys/registration-options', { body: bodyOf(pre_auth_token) }))
}

/** The browser makes the key and the server keeps its public half. Answers the recovery codes of a first factor. */
export async function addPasskey(
  pre_auth_token: PreAuth,
  input: { options: PasskeyCreation; name: string },
): Promise<string[]> {
  const credential = await makePasskey(input.options)
  const { auth, recovery_codes } = await answer(
    api.POST('/api/v1/auth/2fa/passkeys', {
      body: { credential, name: input.name, ...bodyOf(pre_auth_token) },
    }),
  )
  if (auth) session.start(auth, auth.account_type)
  if (pre_auth_token !== null) setPending(null)
  return recovery_codes
}

export async function renamePasskey(passkey_id: number, name: string): Promise<void> {
  await answer(
    api.PATCH('/api/v1/auth/2fa/passkeys/{passkey_id}', { params: { path: { passkey_id } }, body: { name } }),
  )
}

export async function removePasskey(passkey_id: number): Promise<void> {
  await answer(api.DELETE('/api/v1/auth/2fa/passkeys/{passkey_id}', { params: { path: { passkey_id } } }))
}

/** Second step of signing in. */
export async function signInByPasskey(pre_auth_token: string): Promise<void> {
  const credential = await provedByPasskey(pre_auth_token)
  const given = await answer(
    api.POST('/api/v1/auth/2fa/passkeys/verify', { body: { pre_auth_token, credential } }),
  )
  setPending(null)
  session.start(given, given.account_type)
}

export type Proof = { kind: 'passkey' } | { kind: 'code' | 'password'; typed: string }

/** Step-up: opens sensitive changes for a quarter of an hour. */
export async function proveIdentity(proof: Proof): Promise<void> {
  await answer(api.POST('/api/v1/auth/step-up', { body: await proofBody(proof) }))
}

export async function endSession(id: string): Promise<void> {
  await answer(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }))
}

export async function endOtherSessions(): Promise<void> {
  await answer(api.DELETE('/api/v1/auth/sessions'))
}

async function proofBody(proof: Proof) {
  if (proof.kind === 'passkey') return { passkey: await provedByPasskey(null) }
  return proof.kind === 'code' ? { code: proof.typed } : { password: proof.typed }
}

async function provedByPasskey(pre_auth_token: PreAuth) {
  const options = await answer(
    api.POST('/api/v1/auth/2fa/passkeys/authentication-options', { body: bodyOf(pre_auth_token) }),
  )
  return proveByPasskey(options)
}
