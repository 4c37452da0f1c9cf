import type { Platform } from '#kernel/actor.ts'
import { hashSecret } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { IdentityDeps } from '../deps.ts'
import type { AccountType } from '../model.ts'
import { keepVisit, randomText } from '../providers/oauth-visit.ts'

type Deps = Pick<IdentityDeps, 'shared' | 'google'>
export type BeginGoogleSignIn = {
  account_type: AccountType
  platform: Platform
  app_challenge: string | null
  locale: Locale
}

/**
 * The address to send the person to, and the secret that the browser keeps in a cookie until it comes back.
 * @throws unavailable (503)
 */
export async function beginGoogleSignIn(
  deps: Deps,
  input: BeginGoogleSignIn,
): Promise<{ authorization_url: string; browser_secret: string }> {
  const { account_type, platform, app_challenge, locale } = input
  const [state, nonce, code_verifier, browser_secret] = [
    randomText(),
    randomText(),
    randomText(),
    randomText(),
  ]
  const authorization_url = await deps.google.authorizationUrl({
    state,
    nonce,
    code_challenge: hashSecret(code_verifier),
    locale,
  })
  const browser_hash = hashSecret(browser_secret)
  await keepVisit(deps, state, {
    account_type,
    platform,
    nonce,
    code_verifier,
    browser_hash,
    app_challenge,
    code_hash: null,
    iss: null,
  })
  return { authorization_url, browser_secret }
}
