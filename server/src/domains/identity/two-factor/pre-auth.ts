import { notAuthenticated } from '#infra/http.ts'
import { type AccountRow, findAccount } from '../accounts/queries.ts'
import type { IdentityDeps } from '../deps.ts'
import { limitTries } from '../limits.ts'
import { asAccountType, asMethods, asPlatform, PRE_AUTH_MS, type SignInRequest } from '../model.ts'
import { openToken } from '../tokens/tokens.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'keys' | 'config' | 'limiter' | 'shared'>

/** Somebody who has proved the first factor and nothing else. */
export type PreAuth = { account: AccountRow; request: SignInRequest; jti: string }

/**
 * `verify`: the account has a second factor; `enrol`: it must set one up first. Counts as a try.
 * @throws not_authenticated, token_expired (401); rate_limited (429) after five tries
 */
export async function openPreAuth(deps: Deps, token: string, purpose: 'verify' | 'enrol'): Promise<PreAuth> {
  const claims = await openToken(deps, token, 'pre_auth')
  await limitTries(deps, 'pre_auth', String(claims.jti))
  return readPreAuth(deps, token, purpose)
}

/** The same without counting: for steps that try nothing. @throws not_authenticated, token_expired (401) */
export async function readPreAuth(
  deps: Omit<Deps, 'limiter'>,
  token: string,
  purpose: 'verify' | 'enrol',
): Promise<PreAuth> {
  const claims = await openToken(deps, token, 'pre_auth')
  const jti = String(claims.jti)
  if (claims.purpose !== purpose || (await deps.shared.get(usedKey(jti))) !== null) throw notAuthenticated()
  const account = await findAccount(deps.db, Number(claims.account_id))
  const is_as_it_was =
    account &&
    account.blocked_at === null &&
    (account.password_changed_at?.getTime() ?? null) === claims.password_changed_at &&
    (account.two_factor_enabled_at !== null) === (purpose === 'verify')
  if (!is_as_it_was) throw notAuthenticated()
  const amr = asMethods(Array.isArray(claims.amr) ? claims.amr : [])
  const request = {
    account_type: asAccountType(String(claims.account_type)),
    platform: asPlatform(String(claims.platform)),
    amr,
  }
  return { account, request, jti }
}

/** The token ends with the sign-in that it led to. @throws not_authenticated (401) for the second one */
export async function spendPreAuth(deps: Pick<IdentityDeps, 'shared'>, jti: string): Promise<void> {
  if (!(await deps.shared.setIfAbsent(usedKey(jti), 'used', PRE_AUTH_MS))) throw notAuthenticated()
}

function usedKey(jti: string): string {
  return `identity:pre-auth-used:${jti}`
}
