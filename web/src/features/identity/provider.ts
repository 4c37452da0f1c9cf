export const PROVIDERS = ['google', 'apple'] as const
export type Provider = (typeof PROVIDERS)[number]

export const PROVIDER_NAMES: Record<Provider, string> = { google: 'Google', apple: 'Apple' }

/** What the provider's way back to the site says: a code to go on with, or why there is none. */
export type ProviderReturn = {
  provider: Provider
  account_type: 'user' | 'shop'
  proof: { code: string; state: string } | null
  refusal: 'cancelled' | 'stale' | 'refused' | 'away' | null
}

/** Google's way back was there first and does not name itself. */
export function readProviderReturn(search: URLSearchParams): ProviderReturn {
  const [code, state, error] = [search.get('code'), search.get('state'), search.get('error')]
  const proof = error === null && code !== null && state !== null ? { code, state } : null
  return {
    provider: search.get('provider') === 'apple' ? 'apple' : 'google',
    account_type: search.get('account_type') === 'shop' ? 'shop' : 'user',
    proof,
    refusal: proof === null ? refusalOf(error) : null,
  }
}

function refusalOf(error: string | null): ProviderReturn['refusal'] {
  if (error === 'access_denied') return 'cancelled'
  if (error === 'provider_credentials_invalid') return 'refused'
  return error === null || error === 'state_invalid' ? 'stale' : 'away'
}
