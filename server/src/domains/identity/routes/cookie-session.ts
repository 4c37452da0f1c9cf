import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mac, sameText } from '#infra/crypto-box.ts'
import { header, notAuthenticated } from '#infra/http.ts'
import { validationFailed } from '#kernel/problem.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { IdentityConfig } from '../deps.ts'
import { ACCESS_TOKEN_MS, REFRESH_TOKEN_MS } from '../model.ts'
import { csrfFailed } from '../problems.ts'
import type { Tokens } from '../sessions/issue-tokens.ts'
import { readCookie, setCookie } from './cookies.ts'

type Deps = {
  config: Pick<IdentityConfig, 'public_origin' | 'allowed_origins' | 'data_encryption_key'>
}

/**
 * Sessions of the web panels: tokens in cookies that no script reads, sent by the browser of its own accord. So a request
 * that changes something must show that it comes from a page of ours: by its origin and by a token that is bound to the
 * session (A19). A client asks for cookies with `X-Client-Session: cookie`, which no foreign page can send unasked.
 */
function wantsCookies(request: FastifyRequest): boolean {
  return header(request, 'x-client-session') === 'cookie'
}

/** Refuses a sign-in, refresh or log-out by cookies that a foreign page began. For the routes of the slice. */
export function guardCookieRequests(http: FastifyInstance, deps: Deps): void {
  http.addHook('onRequest', async (request) => {
    if (wantsCookies(request) && !isReading(request)) assertOwnOrigin(deps, request)
  })
}

export type Exchange = { request: FastifyRequest; reply: FastifyReply }
type InCookies = { csrf_token: string; session_id: string; expires_in: number }

/**
 * The members of an answer that carry a new session: its tokens; or, for a client that asked for cookies, the CSRF
 * token beside the cookies. Every sign-in makes a session of its own: cookies that were there before are replaced and
 * never taken over.
 */
export function handOver(deps: Deps, { request, reply }: Exchange, tokens: Tokens): Tokens | InCookies {
  if (!wantsCookies(request) && !replacesSession(request)) return tokens
  writeCookies(deps, reply, tokens)
  return { ...shownFor(deps, tokens.access_token), expires_in: ACCESS_TOKEN_MS / SECOND_MS }
}

/** The same members when there is no session: nothing tells the answer from one that has. */
export function handOverNothing(request: FastifyRequest) {
  return wantsCookies(request)
    ? { csrf_token: null, session_id: null, expires_in: null }
    : { access_token: null, refresh_token: null }
}

/**
 * The refresh token of a refresh or log-out: in the body, or in the cookie of a client that asked for cookies.
 * @throws not_authenticated (401), validation_failed (422)
 */
export function refreshTokenOf(
  deps: Deps,
  request: FastifyRequest,
  body: { refresh_token?: string } | null,
): string {
  if (body?.refresh_token !== undefined) return body.refresh_token
  if (!wantsCookies(request)) throw validationFailed([TOKEN_NEEDED])
  const token = readCookie(request, namesOf(deps).refresh)
  if (token === undefined || token === '') throw notAuthenticated()
  return token
}

/**
 * Whether a new session takes the place of the one that signed this request in: always, when that one is in cookies.
 * Whatever headers a script of a page sends, what it cannot read stays out of its reach.
 */
export function replacesSession(request: FastifyRequest): boolean {
  return request.actor.kind !== 'guest' && header(request, 'authorization') === undefined
}

export function clearCookies(deps: Deps, { request, reply }: Exchange): void {
  if (wantsCookies(request)) writeCookies(deps, reply, { access_token: '', refresh_token: '' })
}

export type CookieSessions = {
  /** The access token that the browser sent along. */
  accessToken(request: FastifyRequest): string | undefined
  /** For a request that the cookie signed in. @throws csrf_failed (403) when it may come from a foreign page */
  assertOwnRequest(request: FastifyRequest, access_token: string): void
}

/** What the HTTP edge needs to know of cookies. */
export function cookieSessions(config: Deps['config']): CookieSessions {
  const deps = { config }
  return {
    accessToken: (request) => readCookie(request, namesOf(deps).access) || undefined,
    assertOwnRequest: (request, access_token) => {
      if (isReading(request)) return assertAskedByPage(request)
      assertOwnOrigin(deps, request)
      const shown = header(request, 'x-csrf-token') ?? ''
      if (!sameText(shown, csrfTokenOf(deps, access_token))) throw csrfFailed()
    },
  }
}

/** For a page that was loaded anew; nothing for a caller without a cookie session. */
export function cookieSessionOf(deps: Deps, request: FastifyRequest) {
  const token = cookieSessions(deps.config).accessToken(request)
  return token === undefined || header(request, 'authorization') !== undefined
    ? { csrf_token: null, session_id: null }
    : shownFor(deps, token)
}

/** The session's public id tells a page whether its cookies are still those of the session that it shows. */
function shownFor(deps: Deps, access_token: string) {
  return { csrf_token: csrfTokenOf(deps, access_token), session_id: sessionOf(access_token) }
}

/** A GET that sets something going: a foreign page can open its address, but not send this header along. */
function assertAskedByPage(request: FastifyRequest): void {
  if (request.routeOptions.config.starts_work && !wantsCookies(request)) throw csrfFailed()
}

/** Reading changes nothing, and what it answers a foreign page cannot see. */
function isReading(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}

/** Browsers name the origin of every request that changes something, or say that it is the page's own. */
function assertOwnOrigin({ config }: Deps, request: FastifyRequest): void {
  const origin = header(request, 'origin')
  const is_own =
    origin === undefined
      ? header(request, 'sec-fetch-site') === 'same-origin'
      : config.allowed_origins.includes(origin)
  if (!is_own) throw csrfFailed()
}

/** Bound to the session, so that a token of another session is worth nothing. The access token was verified or is ours. */
function csrfTokenOf({ config }: Deps, access_token: string): string {
  return mac(config.data_encryption_key, `csrf:${sessionOf(access_token)}`)
}

function sessionOf(access_token: string): string {
  const payload: unknown = JSON.parse(
    Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString('utf8'),
  )
  if (typeof payload === 'object' && payload !== null && 'sid' in payload && typeof payload.sid === 'string')
    return payload.sid
  throw notAuthenticated()
}

function writeCookies(deps: Deps, reply: FastifyReply, { access_token, refresh_token }: Tokens): void {
  const is_secure = isHttps(deps)
  const names = namesOf(deps)
  const life = (value: string, ms: number) => ({ is_secure, life_ms: value === '' ? 0 : ms })
  setCookie(reply, { name: names.access, value: access_token }, life(access_token, ACCESS_TOKEN_MS))
  setCookie(reply, { name: names.refresh, value: refresh_token }, life(refresh_token, REFRESH_TOKEN_MS))
}

/** `__Host-` keeps other hosts of the domain from setting them; it needs https. */
function namesOf(deps: Deps) {
  const prefix = isHttps(deps) ? '__Host-' : ''
  return { access: `${prefix}leema_access`, refresh: `${prefix}leema_session` }
}

function isHttps({ config }: Deps): boolean {
  return config.public_origin.startsWith('https:')
}

const TOKEN_NEEDED = {
  field: 'refresh_token',
  code: 'required',
  message: { ru: 'Обязательное поле', kk: 'Міндетті өріс', en: 'This field is required' },
}
