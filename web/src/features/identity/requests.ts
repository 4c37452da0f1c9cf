import { type AccountType, session } from '../../api/browser-session.ts'
import { answer, api } from '../../api/client.ts'
import { setPending } from './pending-second-factor.ts'

export type SignInOutcome = 'signed_in' | 'second_factor'
export type SignUpOutcome = 'signed_in' | 'check_mail'
type Credentials = { email: string; password: string; account_type: AccountType }

/** Documents accepted by creating an account (contract 7.7). */
const CONSENTS = ['terms', 'privacy']

export async function signIn(credentials: Credentials): Promise<SignInOutcome> {
  const given = await answer(api.POST('/api/v1/auth/login', { body: { ...credentials, platform: 'web' } }))
  if ('pre_auth_token' in given) {
    setPending(given.pre_auth_token)
    return 'second_factor'
  }
  session.start(given, given.account_type)
  return 'signed_in'
}

export async function confirmSecondFactor(pre_auth_token: string, proof: { code: string } | { recovery_code: string }): Promise<void> {
  const given = await answer(api.POST('/api/v1/auth/2fa/verify', { body: { pre_auth_token, ...proof } }))
  setPending(null)
  session.start(given, given.account_type)
}

/** An address that is taken gets the same answer without tokens, so that nobody learns who has an account. */
export async function signUp(person: Credentials & { name: string }): Promise<SignUpOutcome> {
  const given = await answer(api.POST('/api/v1/auth/register', { body: { ...person, platform: 'web', consents: CONSENTS } }))
  if (!given.access_token || !given.refresh_token) return 'check_mail'
  session.start({ access_token: given.access_token, refresh_token: given.refresh_token }, given.account_type)
  return 'signed_in'
}

/** Address of Google's page; the browser goes there and comes back to `/callback`. */
export async function googleUrl(account_type: AccountType): Promise<string> {
  const given = await answer(api.GET('/api/v1/auth/google/url', { params: { query: { account_type, platform: 'web' } } }))
  return given.authorization_url
}

export async function signInWithGoogle(code: string, state: string, account_type: AccountType): Promise<SignInOutcome> {
  const given = await answer(api.POST('/api/v1/auth/google/login', { body: { code, state, account_type, platform: 'web' } }))
  if ('pre_auth_token' in given && typeof given.pre_auth_token === 'string') {
    setPending(given.pre_auth_token)
    return 'second_factor'
  }
  session.start(given, given.account_type)
  return 'signed_in'
}

export async function sendVerificationAgain(): Promise<void> {
  await answer(api.POST('/api/v1/auth/email/verification'))
}

/** `token` is the one of the link, or the six digits of the letter. */
export async function verifyEmail(token: string): Promise<void> {
  await answer(api.POST('/api/v1/auth/email/verify', { body: { token } }))
}

export async function askForPasswordReset(email: string): Promise<void> {
  await answer(api.POST('/api/v1/auth/password/forgot', { body: { email } }))
}

export async function resetPassword(token: string, password: string): Promise<void> {
  await answer(api.POST('/api/v1/auth/password/reset', { body: { token, password } }))
}

export async function rename(name: string): Promise<void> {
  await answer(api.PUT('/api/v1/users/me', { body: { name } }))
}

/** Ends every session of the account, and this browser's with them. */
export async function signOutEverywhere(): Promise<void> {
  await answer(api.POST('/api/v1/auth/logout-all'))
  await session.signOut()
}
