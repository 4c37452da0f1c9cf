import { hashSecret } from '#kernel/id.ts'
import { Problem } from '#kernel/problem.ts'
import type { IdentityDeps } from '../deps.ts'
import { providerNotConfigured } from '../problems.ts'
import { keepVisit, takeVisit } from '../providers/oauth-visit.ts'
import { fullName, readAppleName } from './apple-name.ts'

/** The fields of Apple's form. */
export type AppleRedirect = {
  code?: string
  state?: string
  id_token?: string
  user?: string
  error?: string
}

type Deps = Pick<IdentityDeps, 'shared' | 'apple' | 'config'>

export function visitKeyOfCode(code: string): string {
  return `apple-code:${code}`
}

/**
 * Where to send the browser that comes back from Apple: the site's own page, never an address out of the request. The
 * form comes from a foreign site and so without our cookie; that the browser is the one that began is checked when the
 * page ends the flow. @throws unavailable (503) when the installation has no keys for Apple
 */
export async function endAppleRedirect(deps: Deps, input: AppleRedirect): Promise<string> {
  if (!deps.apple) throw providerNotConfigured('apple')
  const { code, state, id_token } = input
  const visit = state === undefined ? null : await takeVisit(deps, state)
  if (!visit || state === undefined) return sitePage(deps, { error: 'state_invalid' })
  const { account_type, nonce } = visit
  if (code === undefined) return sitePage(deps, { error: refusalCode(input.error), account_type })
  try {
    if (id_token !== undefined) await deps.apple.checkRedirect({ id_token, code, nonce })
  } catch (error) {
    if (error instanceof Problem) return sitePage(deps, { error: error.code, account_type })
    throw error
  }
  const name = readAppleName(input.user)
  const kept = { ...visit, state_hash: hashSecret(state), name: name && fullName(name) }
  await keepVisit(deps, visitKeyOfCode(code), kept)
  const user_data = name && {
    user_data: JSON.stringify({ name: { firstName: name.first_name, lastName: name.last_name } }),
  }
  return sitePage(deps, { code, state, account_type, ...user_data })
}

/** One of two words of our own: what the provider says is not repeated. */
function refusalCode(error: string | undefined): string {
  return error === 'user_cancelled_authorize' || error === 'access_denied'
    ? 'access_denied'
    : 'provider_credentials_invalid'
}

function sitePage(deps: Deps, params: Record<string, string>): string {
  return `${deps.config.site_origin}/callback?${new URLSearchParams({ provider: 'apple', ...params })}`
}
