import { once } from 'node:events'
import * as openid from 'openid-client'
import { createIssuer } from '#local/google-issuer.ts'
import { freePort } from '#local/postgres-server.ts'
import type { TestApp } from '#test/app.ts'
import type { Client } from '../test-support.ts'

export const SITE = 'http://localhost:8000'
export const CALLBACK = `${SITE}/api/v1/auth/google/callback`
export const CLIENT = { client_id: 'leema-site', client_secret: 'a-secret-of-this-test' }

export type Issuer = { url: string; stop: () => void }

/** A real issuer on loopback. `fail:slow@…` is answered after 2.5 s. */
export async function startIssuer(): Promise<Issuer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = createIssuer({
    ...CLIENT,
    issuer: url,
    redirect_uri: CALLBACK,
    extra_audiences: ['leema-ios', 'foreign-app'],
    slow_ms: 2_500,
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A person's browser: keeps cookies, follows redirects up to our own callback, fills the provider's form. */
export function newBrowser() {
  const cookies = new Map<string, string>()
  const request = async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return response
  }
  const follow = async (start: string): Promise<string> => {
    let url = start
    for (let hops = 0; hops < 10 && !url.startsWith(SITE); hops += 1) {
      const location = (await request(url)).headers.get('location')
      if (!location) return url
      url = new URL(location, url).href
    }
    return url
  }
  return {
    /** Signs in at the provider; returns the query that our callback gets. */
    signIn: async (authorization_url: unknown, fields: Record<string, string>): Promise<URLSearchParams> => {
      const form = await follow(String(authorization_url))
      const response = await request(form, { method: 'POST', body: new URLSearchParams(fields) })
      return new URL(await follow(new URL(response.headers.get('location') ?? '', form).href)).searchParams
    },
  }
}

export function issuerEnvironment(issuer: Issuer): Record<string, string> {
  return {
    GOOGLE_ISSUER: issuer.url,
    GOOGLE_CLIENT_ID: CLIENT.client_id,
    GOOGLE_CLIENT_SECRET: CLIENT.client_secret,
    GOOGLE_EXTRA_AUDIENCES: 'leema-ios',
  }
}

/** The steps of a sign-in with Google as the site's page and the browser take them. */
export function createGoogleClient(app: TestApp, client: Client) {
  async function begin(query = '') {
    const { status, body, response } = await client.get(`/auth/google/url${query}`)
    const set_cookie = String(response.headers['set-cookie'])
    return { status, body, set_cookie, cookie: set_cookie.split(';')[0] ?? '' }
  }

  async function callback(query: URLSearchParams | Record<string, string>, cookie = '') {
    const response = await app.http.inject({
      url: `/api/v1/auth/google/callback?${new URLSearchParams(query)}`,
      headers: { cookie },
    })
    return { status: response.statusCode, location: String(response.headers.location), response }
  }

  const login = (payload: Record<string, unknown>, cookie = '') =>
    client.call('POST', '/auth/google/login', {
      payload: { account_type: 'user', platform: 'web', ...payload },
      headers: { cookie },
    })

  /** The whole browser flow up to what the site's page has in hand. */
  async function visit(email: string, query = '') {
    const begun = await begin(query)
    const back = await newBrowser().signIn(begun.body.authorization_url, { email, name: 'Aida Omarova' })
    const { location } = await callback(back, begun.cookie)
    const page = new URL(location)
    return {
      cookie: begun.cookie,
      page,
      code: page.searchParams.get('code'),
      state: page.searchParams.get('state'),
      back,
    }
  }

  return { begin, callback, login, visit }
}

/** What a phone app gets by itself, for its own client id. */
export async function idToken(
  email: string,
  { issuer, client_id }: { issuer: string; client_id: string },
): Promise<string> {
  const config = await openid.discovery(new URL(issuer), client_id, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  })
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid email profile',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const back = await newBrowser().signIn(url.href, { email, name: 'Phone' })
  const tokens = await openid.authorizationCodeGrant(config, new URL(`${CALLBACK}?${back}`), {
    pkceCodeVerifier,
    idTokenExpected: true,
  })
  return String(tokens.id_token)
}
