import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createAppleIssuer } from '#local/apple-issuer.ts'
import type { TokenKeys } from '#local/apple-tokens.ts'
import { freePort } from '#local/postgres-server.ts'
import type { TestApp } from '#test/app.ts'
import type { Client } from '../test-support.ts'

export const SITE = 'http://localhost:8000'
const CALLBACK = `${SITE}/api/v1/auth/apple/callback`
export const SERVICE_ID = 'kz.leema.site'
const IOS_APP = 'kz.leema.ios'

export type AppleIssuer = {
  url: string
  keys: TokenKeys
  environment: Record<string, string>
  stop: () => void
}

/** A real issuer on loopback with a team key of its own. `fail:slow@…` is answered after 10 s. */
export async function startAppleIssuer(): Promise<AppleIssuer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const team = { team_id: 'TEAM123456', service_id: SERVICE_ID, key_id: 'KEY1234567' }
  const public_key = createPublicKey(privateKey)
  const { server, keys } = createAppleIssuer({
    ...team,
    issuer: url,
    public_key,
    redirect_uri: CALLBACK,
    slow_ms: 10_000,
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url,
    keys,
    environment: {
      APPLE_ISSUER: url,
      APPLE_TEAM_ID: team.team_id,
      APPLE_SERVICE_ID: team.service_id,
      APPLE_KEY_ID: team.key_id,
      // Line breaks as they are written in an environment file.
      APPLE_PRIVATE_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })).replaceAll('\n', '\\n'),
      APPLE_EXTRA_AUDIENCES: IOS_APP,
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** What the person does on Apple's page; returns the form that the page then posts to the site. */
export async function signInAtApple(
  authorization_url: unknown,
  fields: Record<string, string>,
): Promise<Record<string, string>> {
  const url = String(authorization_url)
  const asked = await (await fetch(url)).text()
  const action = /action="([^"]+)"/.exec(asked)?.[1] ?? ''
  const body = new URLSearchParams(fields)
  const html = await (await fetch(new URL(action, url), { method: 'POST', body })).text()
  const inputs = html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, unescapeHtml(value)]))
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
}

/** The steps of a sign-in with Apple as the site's page and the browser take them. */
export function createAppleClient(app: TestApp, client: Client) {
  async function begin(query = '') {
    const { status, body, response } = await client.get(`/auth/apple/url${query}`)
    const cookie = String(response.headers['set-cookie']).split(';')[0] ?? ''
    return { status, body, cookie }
  }

  /** As a browser does it: a form from a foreign site, without our Lax cookie. */
  async function callback(form: Record<string, string>) {
    const response = await app.http.inject({
      method: 'POST',
      url: '/api/v1/auth/apple/callback',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://appleid.apple.com' },
      payload: new URLSearchParams(form).toString(),
    })
    const location = String(response.headers.location)
    return { status: response.statusCode, location, page: new URL(location, SITE).searchParams }
  }

  const login = (payload: Record<string, unknown>, cookie = '') =>
    client.call('POST', '/auth/apple/login', {
      payload: { account_type: 'user', platform: 'web', ...payload },
      headers: { cookie },
    })

  /** The whole browser flow up to what the site's page has in hand. */
  async function visit(fields: Record<string, string>, query = '') {
    const begun = await begin(query)
    const form = await signInAtApple(begun.body.authorization_url, fields)
    const back = await callback(form)
    return { ...back, form, cookie: begun.cookie, code: back.page.get('code') ?? '' }
  }

  async function enter(fields: Record<string, string>, account_type = 'user') {
    const { code, cookie } = await visit(fields, `?account_type=${account_type}`)
    return login({ code, account_type }, cookie)
  }

  return { begin, callback, login, visit, enter }
}

/** Claims of a token as Apple would give it to the phone app. */
export function phoneClaims(issuer: AppleIssuer, email: string, more: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1_000)
  const sub = `009999.${createHash('sha256').update(email).digest('hex').slice(0, 32)}.0001`
  return {
    iss: issuer.url,
    aud: IOS_APP,
    sub,
    iat: now,
    exp: now + 600,
    email,
    email_verified: true,
    ...more,
  }
}
