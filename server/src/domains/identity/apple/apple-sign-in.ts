import { createHash } from 'node:crypto'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { sameText } from '#infra/crypto-box.ts'
import { assertNoTransaction } from '#infra/db.ts'
import type { Logger } from '#infra/log.ts'
import { Problem } from '#kernel/problem.ts'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { providerCredentialsInvalid, providerUnavailable } from '../problems.ts'
import { isAway, isLoopback, nameOf } from '../providers/provider-failures.ts'
import { type AppleKey, appleClientSecret, loadAppleKey } from './client-secret.ts'

export type AppleOptions = AppleKey & {
  /** The service id and the bundle ids of the phone apps. */
  audiences: string[]
  timeout_s?: number
}

/** What Apple vouches for. It never gives a picture, and the name comes beside the token. */
export type AppleIdentity = { subject: string; email: string; is_email_invented: boolean }

export type VerifiedToken = { identity: AppleIdentity; expires_at: Date }

/** Sign in with Apple. Every function goes over the network and none runs in a transaction. */
export type AppleSignIn = {
  /** @throws unavailable (503) */
  authorizationUrl(input: { state: string; nonce: string; locale: string }): Promise<string>
  /** The token that comes back with the browser, before its code is used. @throws provider_credentials_invalid (401), unavailable (503) */
  checkRedirect(input: { id_token: string; code: string; nonce: string }): Promise<void>
  /** @throws provider_credentials_invalid (401), unavailable (503) */
  exchangeCode(input: { code: string; nonce: string }): Promise<AppleIdentity>
  /** A token that a phone got by itself. @throws provider_credentials_invalid (401), unavailable (503) */
  verifyIdToken(input: { id_token: string; nonce: string | null }): Promise<VerifiedToken>
}

const TIMEOUT_S = 8
const DISCOVERY_MS = 60 * MINUTE_MS
const ALGORITHMS = ['RS256', 'ES256']

type Discovered = { config: client.Configuration; keys: ReturnType<typeof createRemoteJWKSet>; until: number }

/** @throws Error when the issuer is neither https nor on this machine, or the key is not one */
export function createAppleSignIn(options: AppleOptions, redirect_uri: string, log: Logger): AppleSignIn {
  if (!options.issuer.startsWith('https://') && !isLoopback(options.issuer))
    throw new Error('APPLE_ISSUER: must be https')
  const key = loadAppleKey(options.private_key)
  let known: Promise<Discovered> | undefined

  /** Made anew for each call: a secret that leaks is worth nothing five minutes later. */
  const clientAuth: client.ClientAuth = (_server, _client, body) => {
    body.set('client_id', options.service_id)
    body.set('client_secret', appleClientSecret(key, options, new Date()))
  }

  async function discovered(): Promise<Discovered> {
    const current = await known?.catch(() => undefined)
    if (current && current.until > Date.now()) return current
    known = discover(options, clientAuth)
    return known
  }

  async function call<T>(what: string, work: (at: Discovered) => Promise<T>): Promise<T> {
    assertNoTransaction()
    try {
      return await work(await discovered())
    } catch (err) {
      if (err instanceof Problem) throw err
      const is_away = isAway(err)
      const line = { event: 'identity.apple_failed', what, err: nameOf(err) }
      log[is_away ? 'warn' : 'info'](line, 'apple sign-in failed')
      throw is_away ? providerUnavailable('apple') : providerCredentialsInvalid('apple')
    }
  }

  const verify = async ({ keys }: Discovered, id_token: string): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(id_token, keys, {
      algorithms: ALGORITHMS,
      issuer: options.issuer,
      audience: options.audiences,
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: 5,
    })
    return payload
  }

  return {
    authorizationUrl: ({ state, nonce, locale }) =>
      call('authorization_url', async ({ config }) => {
        // Apple has no PKCE; the nonce, which is in both tokens, and the hash of the code bind what comes back.
        const request = { response_type: 'code id_token', response_mode: 'form_post', scope: 'name email' }
        return client.buildAuthorizationUrl(config, { redirect_uri, ...request, state, nonce, locale }).href
      }),
    checkRedirect: ({ id_token, code, nonce }) =>
      call('check_redirect', async (at) => {
        const claims = await verify(at, id_token)
        const is_bound = claims.nonce === nonce && claims.c_hash === codeHash(code)
        if (claims.aud !== options.service_id || !is_bound) throw providerCredentialsInvalid('apple')
      }),
    exchangeCode: ({ code, nonce }) =>
      call('exchange_code', async ({ config }) => {
        const back = new URL(redirect_uri)
        back.search = new URLSearchParams({ code }).toString()
        const tokens = await client.authorizationCodeGrant(config, back, {
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        return identityOf(tokens.claims() ?? {})
      }),
    verifyIdToken: ({ id_token, nonce }) =>
      call('verify_id_token', async (at) => {
        const claims = await verify(at, id_token)
        if (!fitsNonce(claims.nonce, nonce)) throw providerCredentialsInvalid('apple')
        return { identity: identityOf(claims), expires_at: new Date((claims.exp ?? 0) * SECOND_MS) }
      }),
  }
}

async function discover(options: AppleOptions, clientAuth: client.ClientAuth): Promise<Discovered> {
  const { timeout_s = TIMEOUT_S, issuer, service_id } = options
  const local = isLoopback(issuer) ? [client.allowInsecureRequests] : []
  const config = await client.discovery(new URL(issuer), service_id, undefined, clientAuth, {
    timeout: timeout_s,
    // The signature of the ID token is checked although it came straight from the issuer (A1).
    execute: [client.enableNonRepudiationChecks, ...local],
  })
  const { jwks_uri } = config.serverMetadata()
  if (!jwks_uri) throw new Error('the issuer publishes no keys')
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: timeout_s * SECOND_MS })
  return { config, keys, until: Date.now() + DISCOVERY_MS }
}

/** OpenID Connect Core 3.3.2.11: the left half of the hash of the code. */
function codeHash(code: string): string {
  return createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url')
}

/** An app asks Apple for a token with its nonce or with the SHA-256 of it in hex, and tells us the nonce itself. */
function fitsNonce(claimed: unknown, given: string | null): boolean {
  if (claimed === undefined || given === null) return claimed === undefined && given === null
  const hashed = createHash('sha256').update(given).digest('hex')
  return typeof claimed === 'string' && (sameText(claimed, given) || sameText(claimed, hashed))
}

/**
 * Only an address that Apple has verified counts (A3); it says so as a boolean or as text. Without one there is the
 * relay address of the subject, which says nothing about anybody's mailbox.
 */
function identityOf(claims: Record<string, unknown>): AppleIdentity {
  const { sub, email, email_verified } = claims
  if (typeof sub !== 'string' || sub === '' || sub.length > 200) throw providerCredentialsInvalid('apple')
  if (email === undefined)
    return { subject: sub, email: `${sub}@privaterelay.appleid.com`, is_email_invented: true }
  if (typeof email !== 'string' || (email_verified !== true && email_verified !== 'true'))
    throw providerCredentialsInvalid('apple')
  return { subject: sub, email, is_email_invented: false }
}
