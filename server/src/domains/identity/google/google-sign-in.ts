import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { assertNoTransaction } from '#infra/db.ts'
import type { Logger } from '#infra/log.ts'
import { Problem } from '#kernel/problem.ts'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { providerCredentialsInvalid, providerUnavailable } from '../problems.ts'
import { isAway, isLoopback, nameOf } from '../providers/provider-failures.ts'

export type GoogleOptions = {
  issuer: string
  client_id: string
  client_secret: string
  audiences: string[]
  timeout_s?: number
}

/** What the provider vouches for. */
export type GoogleIdentity = { subject: string; email: string; name: string; picture: string | null }

export type CodeExchange = {
  code: string
  state: string
  nonce: string
  code_verifier: string
  iss: string | null
}

/** Google, or any issuer that speaks OpenID Connect. Every function goes over the network and none runs in a transaction. */
export type GoogleSignIn = {
  /** @throws unavailable (503) */
  authorizationUrl(input: {
    state: string
    nonce: string
    code_challenge: string
    locale: string
  }): Promise<string>
  /** @throws provider_credentials_invalid (401), unavailable (503) */
  exchangeCode(input: CodeExchange): Promise<GoogleIdentity>
  /** A token that a phone got by itself. @throws provider_credentials_invalid (401), unavailable (503) */
  verifyIdToken(id_token: string): Promise<GoogleIdentity>
}

const TIMEOUT_S = 8
/** The issuer's description is read again after this, so that rotated addresses are noticed. */
const DISCOVERY_MS = 60 * MINUTE_MS
const ALGORITHMS = ['RS256', 'ES256']

type Discovered = { config: client.Configuration; keys: ReturnType<typeof createRemoteJWKSet>; until: number }

/** @throws Error when the issuer is not https and not on this machine */
export function createGoogleSignIn(options: GoogleOptions, redirect_uri: string, log: Logger): GoogleSignIn {
  const is_local = isLoopback(options.issuer)
  if (!options.issuer.startsWith('https://') && !is_local) throw new Error('GOOGLE_ISSUER: must be https')
  let known: Promise<Discovered> | undefined

  async function discovered(): Promise<Discovered> {
    const current = await known?.catch(() => undefined)
    if (current && current.until > Date.now()) return current
    known = discover(options, is_local)
    return known
  }

  /** Runs a call to the issuer and puts its failure in the platform's words. */
  async function call<T>(what: string, work: (at: Discovered) => Promise<T>): Promise<T> {
    assertNoTransaction()
    try {
      return await work(await discovered())
    } catch (err) {
      if (err instanceof Problem) throw err
      const is_away = isAway(err)
      log[is_away ? 'warn' : 'info'](
        { event: 'identity.google_failed', what, err: nameOf(err) },
        'google sign-in failed',
      )
      throw is_away ? providerUnavailable('google') : providerCredentialsInvalid('google')
    }
  }

  return {
    authorizationUrl: ({ locale, ...request }) =>
      call('authorization_url', async ({ config }) => {
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri,
          scope: 'openid email profile',
          code_challenge_method: 'S256',
          access_type: 'offline',
          prompt: 'consent',
          include_granted_scopes: 'true',
          ui_locales: locale,
          ...request,
        })
        return url.href
      }),
    exchangeCode: (input) =>
      call('exchange_code', async ({ config }) => {
        const back = new URL(redirect_uri)
        const { code, state, iss } = input
        back.search = new URLSearchParams({ code, state, ...(iss === null ? {} : { iss }) }).toString()
        const tokens = await client.authorizationCodeGrant(config, back, {
          pkceCodeVerifier: input.code_verifier,
          expectedState: state,
          expectedNonce: input.nonce,
          idTokenExpected: true,
        })
        return identityOf(tokens.claims() ?? {})
      }),
    verifyIdToken: (id_token) =>
      call('verify_id_token', async ({ keys }) => {
        const issuer = [options.issuer, options.issuer.replace(/^https:\/\//, '')]
        const checks = {
          algorithms: ALGORITHMS,
          issuer,
          audience: options.audiences,
          requiredClaims: ['exp', 'iat', 'sub'],
          clockTolerance: 5,
        }
        const { payload } = await jwtVerify(id_token, keys, checks)
        return identityOf(payload)
      }),
  }
}

async function discover(options: GoogleOptions, is_local: boolean): Promise<Discovered> {
  const { timeout_s = TIMEOUT_S } = options
  const config = await client.discovery(
    new URL(options.issuer),
    options.client_id,
    { redirect_uris: [] },
    client.ClientSecretPost(options.client_secret),
    // The signature of the ID token is checked although it came straight from the issuer.
    {
      timeout: timeout_s,
      execute: [client.enableNonRepudiationChecks, ...(is_local ? [client.allowInsecureRequests] : [])],
    },
  )
  const { jwks_uri } = config.serverMetadata()
  if (!jwks_uri) throw new Error('the issuer publishes no keys')
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: timeout_s * SECOND_MS })
  return { config, keys, until: Date.now() + DISCOVERY_MS }
}

/** Only what was verified by the provider counts (A3). */
function identityOf(claims: Record<string, unknown>): GoogleIdentity {
  const { sub, email, email_verified, name, picture } = claims
  if (typeof sub !== 'string' || sub === '' || typeof email !== 'string' || email_verified !== true)
    throw providerCredentialsInvalid('google')
  const shown = typeof name === 'string' && name.trim() !== '' ? name.trim() : (email.split('@')[0] ?? email)
  return {
    subject: sub,
    email,
    name: shown.slice(0, 255),
    picture: typeof picture === 'string' && picture.length <= 500 ? picture : null,
  }
}
