import { errors as joseErrors } from 'jose'
import * as client from 'openid-client'

/** An address of this machine: the only ones that may be plain http. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** No answer, a late one, or one that a broken issuer gives: try again later. Everything else is a refusal. */
export function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError)
    return error.status >= 500 || error.error === 'invalid_client'
  if (error instanceof client.WWWAuthenticateChallengeError) return true
  if (error instanceof client.ClientError)
    return [
      'OAUTH_TIMEOUT',
      'OAUTH_ABORT',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      'OAUTH_RESPONSE_IS_NOT_JSON',
    ].includes(error.code ?? '')
  if (error instanceof joseErrors.JWKSTimeout) return true
  // What `fetch` throws when nobody listens.
  return error instanceof TypeError
}

/** Name and code only: messages of the library may quote tokens. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}
