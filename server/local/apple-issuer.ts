import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { askPage, expiredPage, formPostPage } from './apple-page.ts'
import {
  type Algorithm,
  createTokenKeys,
  halfHash,
  type SecretRules,
  type TokenKeys,
  whyRefused,
} from './apple-tokens.ts'

export type AppleIssuerOptions = SecretRules & {
  /** Where the site receives the form. */
  redirect_uri: string
  /** How late `fail:slow@…` is answered. */
  slow_ms: number
}

type Request = { state: string; nonce: string; locale: string | undefined }
type Grant = { claims: Record<string, unknown>; alg: Algorithm; email: string; used: boolean }
type State = {
  options: AppleIssuerOptions
  keys: TokenKeys
  requests: Map<string, Request>
  grants: Map<string, Grant>
  /** Who signed in before: the name is told only the first time. */
  known: Set<string>
}

const BODY_BYTES_MAX = 10_000

/**
 * Speaks the protocol of Sign in with Apple on one machine: discovery, form post with code and ID token, client secret
 * signed by the team, published keys (RS256, and ES256 when asked for). It believes everybody, so it must never be
 * reachable from outside of development.
 *
 * What is typed decides: `hidden…@` comes without an address, `relay…@` as a relay address, `unverified…@` as not
 * verified, `…+es256@` signed with ES256; `fail:access@`, `fail:token@`, `fail:grant@`, `fail:slow@` fail where the name says.
 */
export function createAppleIssuer(options: AppleIssuerOptions): { server: Server; keys: TokenKeys } {
  const keys = createTokenKeys()
  const state: State = { options, keys, requests: new Map(), grants: new Map(), known: new Set() }
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      return sendPage(response, 400, expiredPage(undefined, error instanceof Error ? error.message : ''))
    })
  })
  return { server, keys }
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { issuer } = state.options
  const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
  if (pathname === '/.well-known/openid-configuration') return sendJson(response, 200, discovery(issuer))
  if (pathname === '/auth/keys') return sendJson(response, 200, state.keys.jwks)
  if (pathname === '/auth/authorize') return ask(state, searchParams, response)
  const form = request.method === 'POST' ? await readForm(request) : new URLSearchParams()
  if (pathname === '/auth/token') return exchange(state, form, response)
  if (pathname.startsWith('/sign-in/')) return signIn(state, { id: pathname.slice(9), form }, response)
  return sendJson(response, 404, { error: 'not_found' })
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth/authorize`,
    token_endpoint: `${issuer}/auth/token`,
    jwks_uri: `${issuer}/auth/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    scopes_supported: ['openid', 'email', 'name'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  }
}

/** As Apple, it wants form post for name and e-mail, and a redirect address that it knows. */
function ask(state: State, query: URLSearchParams, response: ServerResponse) {
  const wanted = {
    client_id: state.options.service_id,
    redirect_uri: state.options.redirect_uri,
    response_type: 'code id_token',
    response_mode: 'form_post',
    scope: 'name email',
  }
  const wrong = Object.entries(wanted).find(([name, value]) => query.get(name) !== value)
  const [wanted_state, nonce] = [query.get('state'), query.get('nonce')]
  if (wrong || !wanted_state || !nonce)
    return sendPage(
      response,
      400,
      expiredPage(undefined, `invalid_request: ${wrong?.[0] ?? 'state or nonce'}`),
    )
  const id = randomBytes(12).toString('hex')
  const locale = query.get('locale') ?? undefined
  state.requests.set(id, { state: wanted_state, nonce, locale })
  return sendPage(response, 200, askPage(locale, `/sign-in/${id}`, false))
}

function signIn(state: State, visit: { id: string; form: URLSearchParams }, response: ServerResponse) {
  const { id, form } = visit
  const request = state.requests.get(id)
  if (!request) return sendPage(response, 400, expiredPage(undefined, 'unknown sign-in'))
  const { redirect_uri } = state.options
  const back = (fields: Record<string, string>) =>
    sendPage(response, 200, formPostPage(request.locale, redirect_uri, { state: request.state, ...fields }))
  const email = (form.get('email') ?? '').trim().toLowerCase()
  if (!form.has('cancel') && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email))
    return sendPage(response, 422, askPage(request.locale, `/sign-in/${id}`, true))
  state.requests.delete(id)
  if (form.has('cancel')) return back({ error: 'user_cancelled_authorize' })
  if (email.startsWith('fail:access@')) return back({ error: 'invalid_scope' })
  return back(grant(state, request, { email, name: (form.get('name') ?? '').trim() }))
}

type Person = { email: string; name: string }

function grant(state: State, request: Request, person: Person): Record<string, string> {
  const { issuer, service_id } = state.options
  const alg = person.email.includes('+es256@') ? 'ES256' : 'RS256'
  const sub = subjectOf(person.email)
  const now = Math.floor(Date.now() / 1_000)
  const claims = {
    iss: issuer,
    aud: service_id,
    exp: now + 3_600,
    iat: now,
    sub,
    nonce: request.nonce,
    nonce_supported: true,
    auth_time: now,
    ...emailClaims(person.email, alg),
  }
  const code = `c${randomBytes(24).toString('hex')}`
  state.grants.set(code, { claims, alg, email: person.email, used: false })
  const [first, ...rest] = person.name.split(' ')
  const user =
    person.name && !state.known.has(sub)
      ? {
          user: JSON.stringify({ name: { firstName: first, lastName: rest.join(' ') }, email: person.email }),
        }
      : {}
  state.known.add(sub)
  return { code, id_token: state.keys.sign({ ...claims, c_hash: halfHash(code) }, alg), ...user }
}

/** Apple says `email_verified` as a boolean in some tokens and as text in others; so does this. */
function emailClaims(email: string, alg: Algorithm) {
  if (email.startsWith('hidden')) return {}
  const is_verified = !email.startsWith('unverified')
  const is_private = email.startsWith('relay')
  return {
    email: is_private ? `${subjectOf(email).slice(7, 17)}@privaterelay.appleid.com` : email,
    email_verified: alg === 'ES256' ? is_verified : String(is_verified),
    ...(is_private ? { is_private_email: 'true' } : {}),
  }
}

/** The same address is the same person on every machine and after every restart; three parts, as Apple's are. */
function subjectOf(email: string): string {
  const digest = createHash('sha256').update(`leema local apple ${email}`).digest('hex')
  return `001234.${digest.slice(0, 32)}.1234`
}

async function exchange(state: State, form: URLSearchParams, response: ServerResponse): Promise<void> {
  const { options } = state
  const refused = whyRefused(form.get('client_secret') ?? '', options)
  if (refused !== null || form.get('client_id') !== options.service_id)
    return sendJson(response, 400, { error: 'invalid_client', error_description: refused ?? 'client_id' })
  const found = state.grants.get(form.get('code') ?? '')
  const is_good =
    found &&
    !found.used &&
    form.get('redirect_uri') === options.redirect_uri &&
    !found.email.startsWith('fail:grant@')
  if (form.get('grant_type') !== 'authorization_code' || !is_good)
    return sendJson(response, 400, { error: 'invalid_grant' })
  found.used = true
  if (found.email.startsWith('fail:token@')) return sendJson(response, 500, { error: 'server_error' })
  if (found.email.startsWith('fail:slow@')) await sleep(options.slow_ms)
  return sendJson(response, 200, {
    access_token: randomBytes(24).toString('hex'),
    token_type: 'Bearer',
    expires_in: 3_600,
    refresh_token: randomBytes(24).toString('hex'),
    id_token: state.keys.sign(found.claims, found.alg),
  })
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_BYTES_MAX) throw new Error('the form is too large')
  }
  return new URLSearchParams(text)
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(html)
}
