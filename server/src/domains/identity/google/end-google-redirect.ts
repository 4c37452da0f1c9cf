import type { CallContext } from '#kernel/actor.ts'
import { hashSecret, newSecret } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import { Problem } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { LOGIN_CODE_MS } from '../model.ts'
import { isSameBrowser, keepVisit, type OauthVisit, takeVisit } from '../providers/oauth-visit.ts'
import type { GoogleIdentity } from './google-sign-in.ts'

export type GoogleRedirect = {
  code?: string
  state?: string
  iss?: string
  error?: string
  browser_secret: string | undefined
  locale: Locale
  call: CallContext
}

/** What a one-time login code of the mobile flow stands for. */
export type WaitingLogin = Pick<OauthVisit, 'account_type' | 'platform' | 'app_challenge'> & {
  identity: GoogleIdentity
}

export function loginCodeKey(login_code: string): string {
  return `identity:login-code:${hashSecret(login_code)}`
}

/**
 * Where to send the browser that comes back from the provider: the site's own page or the app, never an address out
 * of the request. No token is in it: the web page still has to end the flow with its cookie, the app with its code.
 */
export async function endGoogleRedirect(deps: IdentityDeps, input: GoogleRedirect): Promise<string> {
  const visit = input.state === undefined ? null : await takeVisit(deps, input.state)
  if (!visit || input.state === undefined) return sitePage(deps, { error: 'state_invalid' })
  if (visit.platform === 'mobile') return endInApp(deps, visit, { ...input, state: input.state })
  const { account_type } = visit
  if (!isSameBrowser(visit, input.browser_secret)) return sitePage(deps, { error: 'state_invalid' })
  if (input.code === undefined) return sitePage(deps, { error: refusalCode(input.error), account_type })
  await keepVisit(deps, input.state, { ...visit, code_hash: hashSecret(input.code), iss: input.iss ?? null })
  return sitePage(deps, { code: input.code, state: input.state, account_type, client_type: account_type })
}

async function endInApp(
  deps: IdentityDeps,
  visit: OauthVisit,
  input: GoogleRedirect & { state: string },
): Promise<string> {
  const { code, state, iss = null } = input
  if (code === undefined) return appLink(deps, { error: refusalCode(input.error) })
  try {
    const { nonce, code_verifier, account_type, platform, app_challenge } = visit
    const identity = await deps.google.exchangeCode({ code, state, nonce, code_verifier, iss })
    const login_code = newSecret()
    const waiting: WaitingLogin = { account_type, platform, app_challenge, identity }
    await deps.shared.set(loginCodeKey(login_code), JSON.stringify(waiting), LOGIN_CODE_MS)
    return appLink(deps, { login_code, account_type })
  } catch (error) {
    if (error instanceof Problem) return appLink(deps, { error: error.code })
    throw error
  }
}

/** One of two words of our own: what the provider says is not repeated. */
function refusalCode(error: string | undefined): string {
  return error === 'access_denied' ? 'access_denied' : 'provider_credentials_invalid'
}

function sitePage(deps: IdentityDeps, params: Record<string, string>): string {
  return `${deps.config.site_origin}/callback?${new URLSearchParams(params)}`
}

function appLink(deps: IdentityDeps, params: Record<string, string>): string {
  return `${deps.config.app_link_scheme}auth?${new URLSearchParams(params)}`
}
