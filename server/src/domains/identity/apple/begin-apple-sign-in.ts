import { hashSecret } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { IdentityDeps } from '../deps.ts'
import type { AccountType } from '../model.ts'
import { providerNotConfigured } from '../problems.ts'
import { keepVisit, randomText } from '../providers/oauth-visit.ts'

/**
 * The address to send the person to, and the secret that the browser keeps in a cookie until it comes back.
 * @throws unavailable (503), also when the installation has no keys for Apple
 */
export async function beginAppleSignIn(
  deps: Pick<IdentityDeps, 'shared' | 'apple'>,
  { account_type, locale }: { account_type: AccountType; locale: Locale },
): Promise<{ authorization_url: string; browser_secret: string }> {
  if (!deps.apple) throw providerNotConfigured('apple')
  const [state, nonce, browser_secret] = [randomText(), randomText(), randomText()]
  const authorization_url = await deps.apple.authorizationUrl({ state, nonce, locale })
  await keepVisit(deps, state, {
    account_type,
    platform: 'web',
    nonce,
    code_verifier: '',
    browser_hash: hashSecret(browser_secret),
    app_challenge: null,
    code_hash: null,
    iss: null,
  })
  return { authorization_url, browser_secret }
}
