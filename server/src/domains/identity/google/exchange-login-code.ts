import type { CallContext } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { SignInOutcome } from '../accounts/finish-sign-in.ts'
import type { IdentityDeps } from '../deps.ts'
import { providerCredentialsInvalid } from '../problems.ts'
import { loginCodeKey, type WaitingLogin } from './end-google-redirect.ts'
import { enterWithGoogle } from './log-in-with-google.ts'

export type ExchangeLoginCode = {
  login_code: string
  code_verifier?: string
  locale: Locale
  call: CallContext
}

/**
 * Ends the mobile browser flow. A code works once and for 60 seconds; if the app began with a challenge it must bring
 * the verifier, so that another app that catches the link gains nothing.
 * @throws provider_credentials_invalid (401), already_exists (409)
 */
export async function exchangeLoginCode(
  deps: IdentityDeps,
  input: ExchangeLoginCode,
): Promise<SignInOutcome> {
  const stored = await deps.shared.take(loginCodeKey(input.login_code))
  if (stored === null) throw providerCredentialsInvalid('google')
  // Written by endGoogleRedirect and by nobody else.
  const waiting = JSON.parse(stored) as WaitingLogin
  if (waiting.app_challenge !== null && waiting.app_challenge !== hashSecret(input.code_verifier ?? ''))
    throw providerCredentialsInvalid('google')
  const { account_type, platform, identity } = waiting
  return enterWithGoogle(deps, identity, { account_type, platform, locale: input.locale, call: input.call })
}
