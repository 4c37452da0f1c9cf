import { type AccountType, session } from '../../api/browser-session.ts'
import { answer, api } from '../../api/client.ts'
import { type PendingSecondFactor, setPending } from './pending-second-factor.ts'
import type { Provider } from './provider.ts'

export type SignInOutcome = 'signed_in' | 'second_factor'
export type SignUpOutcome = 'signed_in' | 'check_mail'
type Credentials = { email: string; password: string; account_type: AccountType }

type FirstStep = SignedIn | PendingSecondFactor
type SignedIn = Parameters<typeof session.start>[0] & { account_type: AccountType }

/** Documents accepted by creating an account (contract 7.7). */
const CONSENTS = ['terms', 'privacy']

export async function signIn(credentials: Credentials): Promise<SignInOutcome> {
  const given = await answer(api.POST('/api/v1/auth/login', { body: { ...credentials, platform: 'web' } }))
  return enter(given)
}

export async function confirmSecondFactor(
  pre_auth_token: string,
  proof: { code: string } | { recovery_code: string },
): Promise<void> {
  const given = await answer(api.POST('/api/v1/auth/2fa/verify', { body: { pre_auth_token, ...proof } }))
  setPending(null)
  session.start(given, given.account_type)
}

/** An address that is taken gets the same answer without a session, so that nobody learns who has an account. */
export async function signUp(person: Credentials & { name: string }): Promise<SignUpOutcome> {
  const given = await answer(
    api.POST('/api/v1/auth/register', { body: { ...person, platform: 'web', consents: CONSENTS } }),
  )
  if (given.user === null && given.shop === null) return 'check_mail'
  session.start(given, given.account_type)
  return 'signed_in'
}

/** Address of the provider's page; the browser goes there and comes back to `/callback`. */
export async function providerUrl(provider: Provider, account_type: AccountType): Promise<string> {
  const given = await answer(
    provider === 'google'
      ? api.GET('/api/v1/auth/google/url', { params: { query: { account_type, platform: 'web' } } })
      : api.GET('/api/v1/auth/apple/url', { params: { query: { account_type } } }),
  )
  return given.authorization_url
}

/** With what the provider's page sent along. */
export async function signInByProvider(
  provider: Provider,
  proof: { code: string; state: string },
  account_type: AccountType,
): Promise<SignInOutcome> {
  const body = { ...proof, account_type, platform: 'web' } as const
  const given = await answer(
    provider === 'google'
      ? api.POST('/api/v1/auth/google/login', { body })
      : api.POST('/api/v1/auth/apple/login', { body }),
  )
  return enter(given)
}

export async function sendVerificationAgain(): Promise<void> {
  await answer(api.POST('/api/v1/auth/email/verification'))
}

/** By the link of the letter, which anybody may open, or by its six digits, which need a session. */
export async function verifyEmail(proof: { token: string } | { code: string }): Promise<void> {
  await answer(api.POST('/api/v1/auth/email/verify', { body: proof }))
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

/** What an authenticator app needs; without a token the caller is the signed-in account. */
export async function beginEnrolment(
  pre_auth_token: string | null,
): Promise<{ otpauth_url: string; secret: string }> {
  return answer(
    api.POST('/api/v1/auth/2fa/setup', { body: pre_auth_token === null ? {} : { pre_auth_token } }),
  )
}

/** Switches the second factor on and signs in whoever was still at the door. Answers the recovery codes, once. */
export async function finishEnrolment(pre_auth_token: string | null, code: string): Promise<string[]> {
  const { auth, recovery_codes } = await answer(
    api.POST('/api/v1/auth/2fa/enable', {
      body: pre_auth_token === null ? { code } : { code, pre_auth_token },
    }),
  )
  // At once, although the codes are still to be written down: the browser has the cookies already.
  if (auth) session.start(auth, auth.account_type)
  setPending(null)
  return recovery_codes
}

/** Ends every session of the account, and this browser's with them. */
export async function signOutEverywhere(): Promise<void> {
  await answer(api.POST('/api/v1/auth/logout-all'))
  session.end()
}

function enter(given: FirstStep): SignInOutcome {
  if ('pre_auth_token' in given) {
    const { pre_auth_token, enrolment_required, methods } = given
    setPending({ pre_auth_token, enrolment_required, methods })
    return 'second_factor'
  }
  session.start(given, given.account_type)
  return 'signed_in'
}
