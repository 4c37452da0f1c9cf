import { once } from 'node:events'
import type { Server } from 'node:http'
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import * as openid from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '#infra/log.ts'
import { SECOND_MS } from '#kernel/time.ts'
import { createIssuer } from '#local/google-issuer.ts'
import { freePort } from '#local/postgres-server.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, codeAt, createClient } from '../test-support.ts'
import { createGoogleSignIn } from './google-sign-in.ts'

const SITE = 'http://localhost:8000'
const CALLBACK = `${SITE}/api/v1/auth/google/callback`
const CLIENT = { client_id: 'leema-site', client_secret: 'a-secret-of-this-test' }

let app: TestApp
let client: Client
let issuers: Server[] = []
let issuer: string
let stranger: string

beforeAll(async () => {
  issuer = await startIssuer()
  stranger = await startIssuer()
  app = await startTestApp({
    env: {
      GOOGLE_ISSUER: issuer,
      GOOGLE_CLIENT_ID: CLIENT.client_id,
      GOOGLE_CLIENT_SECRET: CLIENT.client_secret,
      GOOGLE_EXTRA_AUDIENCES: 'leema-ios',
    },
  })
  client = createClient(app)
})
afterAll(async () => {
  await app.stop()
  for (const server of issuers) {
    server.close()
    server.closeAllConnections()
  }
  issuers = []
})

async function startIssuer(): Promise<string> {
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
  issuers.push(server)
  return url
}

/** A person's browser: keeps cookies, follows redirects up to our own callback, fills the provider's form. */
function newBrowser() {
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

const accountsOf = (email: string) =>
  app.db
    .selectFrom('identity.accounts')
    .select(['id', 'google_id', 'email_verified_at'])
    .where('email', '=', email)
    .execute()
const sessions = async () => (await app.db.selectFrom('identity.sessions').select('id').execute()).length

async function idToken(
  email: string,
  options: { client_id?: string; issuer?: string } = {},
): Promise<string> {
  const config = await openid.discovery(
    new URL(options.issuer ?? issuer),
    options.client_id ?? 'leema-ios',
    undefined,
    openid.None(),
    {
      execute: [openid.allowInsecureRequests],
    },
  )
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

test('the browser flow makes a verified user at the first sign-in and finds him at the next', async () => {
  const email = client.newEmail()
  const first = await visit(email)
  expect(`${first.page.origin}${first.page.pathname}`).toBe(`${SITE}/callback`)
  expect(Object.fromEntries(first.page.searchParams)).toEqual({
    code: first.code,
    state: first.state,
    account_type: 'user',
    client_type: 'user',
  })
  const { status, body } = await login({ code: first.code, state: first.state }, first.cookie)
  expect(status).toBe(200)
  expect(body.user).toMatchObject({
    email,
    name: 'Aida Omarova',
    email_verified: true,
    free_generations_left: 3,
    free_try_ons_left: 5,
    role: 'user',
  })
  expect(decodeJwt(String(body.access_token)).amr).toEqual(['google'])
  const second = await visit(email)
  const again = await login({ code: second.code, state: second.state }, second.cookie)
  expect(again.body.user).toMatchObject({ id: (body.user as { id: number }).id })
  expect(await accountsOf(email)).toEqual([
    {
      id: expect.any(Number),
      google_id: expect.stringMatching(/^\d{21}$/),
      email_verified_at: expect.any(Date),
    },
  ])
})

test('the request to Google carries PKCE, nonce, random state and the scopes; the cookie is for this browser only', async () => {
  const [one, two] = [await begin(), await begin('?account_type=shop')]
  const url = new URL(String(one.body.authorization_url))
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: CALLBACK,
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(new URL(String(two.body.authorization_url)).searchParams.get('state')).not.toBe(
    url.searchParams.get('state'),
  )
  expect(two.body).toMatchObject({ account_type: 'shop', platform: 'web' })
  expect(one.set_cookie).toMatch(/^leema-oauth=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/)
  expect((await begin('?account_type=admin')).status).toBe(422)
})

test('signing in as a shop makes a shop named as Google names its owner, on the same account', async () => {
  const email = client.newEmail()
  const first = await visit(email)
  await login({ code: first.code, state: first.state }, first.cookie)
  const second = await visit(email, '?account_type=shop')
  const { body } = await login(
    { code: second.code, state: second.state, account_type: 'shop' },
    second.cookie,
  )
  expect(body.shop).toMatchObject({
    email,
    shop_name: 'Aida Omarova',
    owner_name: 'Aida Omarova',
    is_approved: false,
    balance: 0,
  })
  expect(await accountsOf(email)).toHaveLength(1)
})

test('code and state work once, in the browser that began, and only together', async () => {
  const email = client.newEmail()
  const before = await sessions()
  const one = await visit(email)
  expect((await login({ code: one.code, state: one.state })).body.code).toBe('provider_credentials_invalid')
  const two = await visit(email)
  expect((await login({ code: two.code, state: two.state }, 'leema-oauth=somebody-else')).status).toBe(401)
  const [three, four] = [await visit(email), await visit(email)]
  expect((await login({ code: three.code, state: four.state }, four.cookie)).status).toBe(401)
  expect((await login({ code: three.code }, three.cookie)).status).toBe(401)
  expect((await login({ code: three.code, state: 'made up' }, three.cookie)).status).toBe(401)
  const wrong_type = await visit(email)
  expect(
    (await login({ code: wrong_type.code, state: wrong_type.state, account_type: 'shop' }, wrong_type.cookie))
      .status,
  ).toBe(401)
  expect([await sessions(), await accountsOf(email)]).toEqual([before, []])
  const five = await visit(email)
  const both = await Promise.all([
    login({ code: five.code, state: five.state }, five.cookie),
    login({ code: five.code, state: five.state }, five.cookie),
  ])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  expect(
    (await auditOf(app)).filter((action) => action === 'identity.sign_in_failed').length,
  ).toBeGreaterThanOrEqual(6)
})

test('the callback sends nobody anywhere but to our own page, whatever is in the request', async () => {
  const begun = await begin()
  const state = new URL(String(begun.body.authorization_url)).searchParams.get('state') ?? ''
  const attempts = [
    await callback({ code: 'x', state: 'unknown' }, begun.cookie),
    await callback({}, begun.cookie),
    await callback({ code: 'x', state }, 'leema-oauth=another-browser'),
    await callback({
      code: 'x',
      state: 'https://evil.example',
      redirect_uri: 'https://evil.example',
      next: '//evil.example',
    }),
    await callback({ error: 'https://evil.example/<script>', state: 'x' }),
  ]
  for (const { status, location } of attempts)
    expect([status, location]).toEqual([302, `${SITE}/callback?error=state_invalid`])
})

test('a refusal at the provider comes back as a word of ours', async () => {
  for (const [fields, error] of [
    [{ cancel: '1' }, 'access_denied'],
    [{ email: 'fail:server_error@example.com' }, 'provider_credentials_invalid'],
  ] as const) {
    const begun = await begin()
    const back = await newBrowser().signIn(begun.body.authorization_url, fields)
    expect((await callback(back, begun.cookie)).location).toBe(
      `${SITE}/callback?error=${error}&account_type=user`,
    )
  }
})

test('an address that Google has not verified signs nobody in', async () => {
  const email = 'unverified.person@example.com'
  const { code, state, cookie } = await visit(email)
  const { status, body } = await login({ code, state }, cookie)
  expect([status, body.code, await accountsOf(email)]).toEqual([401, 'provider_credentials_invalid', []])
})

test('a verified account with the same address gets the identity attached; an unverified one is a clash', async () => {
  const [verified, unverified] = [client.newEmail(), client.newEmail()]
  const user = await app.given.user({ email: verified })
  await client.register({ email: unverified })
  const one = await visit(verified)
  expect((await login({ code: one.code, state: one.state }, one.cookie)).body.user).toMatchObject({
    id: user.user_id,
  })
  expect((await auditOf(app)).slice(-2)).toEqual(['identity.provider_linked', 'identity.signed_in'])
  const two = await visit(unverified)
  expect((await login({ code: two.code, state: two.state }, two.cookie)).body).toMatchObject({
    status: 409,
    code: 'already_exists',
  })
  expect(await accountsOf(unverified)).toEqual([
    { id: expect.any(Number), google_id: null, email_verified_at: null },
  ])
  const foreign = client.newEmail()
  await app.given.user({ email: foreign })
  await app.db
    .updateTable('identity.accounts')
    .set({ google_id: 'another-subject' })
    .where('email', '=', foreign)
    .execute()
  const three = await visit(foreign)
  expect((await login({ code: three.code, state: three.state }, three.cookie)).status).toBe(409)
})

test('the same person entering twice for the first time at the same moment gets one account', async () => {
  const email = client.newEmail()
  const visits = [await visit(email), await visit(email)]
  const replies = await Promise.all(visits.map(({ code, state, cookie }) => login({ code, state }, cookie)))
  expect(replies.filter((reply) => reply.status === 200).length).toBeGreaterThanOrEqual(1)
  expect(replies.every((reply) => [200, 409].includes(reply.status))).toBe(true)
  expect(await accountsOf(email)).toHaveLength(1)
})

test('an account with a second factor is asked for it after Google too, and a blocked one does not enter', async () => {
  const email = client.newEmail()
  const { token } = await app.given.user({ email })
  const { secret } = (await client.post('/auth/2fa/setup', {}, { token })).body
  await client.post('/auth/2fa/enable', { code: codeAt(secret, app.clock.now()) }, { token })
  app.clock.advance(30 * SECOND_MS)
  const one = await visit(email)
  const { body } = await login({ code: one.code, state: one.state }, one.cookie)
  expect(body).toMatchObject({ two_factor_required: true, enrolment_required: false })
  const { body: entered } = await client.post('/auth/2fa/verify', {
    pre_auth_token: body.pre_auth_token,
    code: codeAt(secret, app.clock.now()),
  })
  expect(decodeJwt(String(entered.access_token)).amr).toEqual(['google', 'otp'])
  await app.db
    .updateTable('identity.accounts')
    .set({ blocked_at: app.clock.now() })
    .where('email', '=', email)
    .execute()
  const two = await visit(email)
  expect((await login({ code: two.code, state: two.state }, two.cookie)).status).toBe(401)
})

test('the phone flow ends in the app link with a one-time code and no token', async () => {
  const email = client.newEmail()
  const enter = async (query = '') => {
    const begun = await begin(`?platform=mobile${query}`)
    const back = await newBrowser().signIn(begun.body.authorization_url, { email })
    return (await callback(back)).location
  }
  const link = await enter()
  expect(link).toMatch(/^myapp:\/\/auth\?login_code=[\w-]{43}&account_type=user$/)
  const login_code = new URL(link).searchParams.get('login_code')
  const both = await Promise.all([
    client.post('/auth/exchange', { login_code }),
    client.post('/auth/exchange', { login_code }),
  ])
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 401])
  expect(both.find((reply) => reply.status === 200)?.body).toMatchObject({
    platform: 'mobile',
    user: { email },
  })
  const verifier = openid.randomPKCECodeVerifier()
  const challenge = await openid.calculatePKCECodeChallenge(verifier)
  const stolen = new URL(await enter(`&code_challenge=${challenge}`)).searchParams.get('login_code')
  expect((await client.post('/auth/exchange', { login_code: stolen })).status).toBe(401)
  const own = new URL(await enter(`&code_challenge=${challenge}`)).searchParams.get('login_code')
  expect((await client.post('/auth/exchange', { login_code: own, code_verifier: verifier })).status).toBe(200)
})

test('an ID token of one of our apps signs in; of a foreign app, a foreign issuer, unsigned or self-signed it does not', async () => {
  const email = client.newEmail()
  const good = await idToken(email)
  expect((await login({ id_token: good, platform: 'mobile' })).body).toMatchObject({
    platform: 'mobile',
    user: { email, email_verified: true },
  })
  const before = await sessions()
  const claims = decodeJwt(good)
  const hostile = [
    await idToken(email, { client_id: 'foreign-app' }),
    await idToken(email, { issuer: stranger }),
    new UnsecuredJWT(claims).encode(),
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(CLIENT.client_secret.padEnd(32, '0'))),
    await idToken('unverified.phone@example.com'),
    `${good.slice(0, -4)}AAAA`,
    'garbage',
  ]
  for (const id_token of hostile)
    expect((await login({ id_token })).body).toMatchObject({
      status: 401,
      code: 'provider_credentials_invalid',
    })
  expect(await sessions()).toBe(before)
})

test('exactly one of code and ID token is wanted', async () => {
  expect((await login({})).body).toMatchObject({ status: 400, code: 'bad_request' })
  expect((await login({ code: 'a', id_token: 'b' })).status).toBe(400)
})

test('a provider that is away or too slow is 503 and not a refusal; when it is back the next sign-in works', async () => {
  const log = createLogger({ level: 'silent' })
  const away = createGoogleSignIn({ ...CLIENT, issuer: 'http://127.0.0.1:9', audiences: [] }, CALLBACK, log)
  await expect(away.verifyIdToken('x')).rejects.toMatchObject({ status: 503, code: 'unavailable' })
  await expect(
    away.authorizationUrl({ state: 's', nonce: 'n', code_challenge: 'c', locale: 'ru' }),
  ).rejects.toMatchObject({ status: 503 })
  const hasty = createGoogleSignIn(
    { ...CLIENT, issuer, audiences: [CLIENT.client_id], timeout_s: 1 },
    CALLBACK,
    log,
  )
  const code_verifier = openid.randomPKCECodeVerifier()
  const url = await hasty.authorizationUrl({
    state: 's',
    nonce: 'n',
    code_challenge: await openid.calculatePKCECodeChallenge(code_verifier),
    locale: 'ru',
  })
  const back = await newBrowser().signIn(url, { email: 'fail:slow@example.com' })
  const exchange = {
    code: back.get('code') ?? '',
    state: 's',
    nonce: 'n',
    code_verifier,
    iss: back.get('iss'),
  }
  await expect(hasty.exchangeCode(exchange)).rejects.toMatchObject({ status: 503, code: 'unavailable' })
})

test('a code is refused with another nonce, verifier or issuer than the sign-in began with', async () => {
  const google = createGoogleSignIn(
    { ...CLIENT, issuer, audiences: [] },
    CALLBACK,
    createLogger({ level: 'silent' }),
  )
  const code_verifier = openid.randomPKCECodeVerifier()
  const code_challenge = await openid.calculatePKCECodeChallenge(code_verifier)
  for (const change of [
    { nonce: 'other' },
    { code_verifier: openid.randomPKCECodeVerifier() },
    { iss: stranger },
  ]) {
    const back = await newBrowser().signIn(
      await google.authorizationUrl({ state: 's', nonce: 'n', code_challenge, locale: 'ru' }),
      { email: 'nonce@example.com' },
    )
    const exchange = {
      code: back.get('code') ?? '',
      state: 's',
      nonce: 'n',
      code_verifier,
      iss: back.get('iss'),
      ...change,
    }
    await expect(google.exchangeCode(exchange)).rejects.toMatchObject({
      status: 401,
      code: 'provider_credentials_invalid',
    })
  }
})

test('plain http is accepted from this machine only', () => {
  const log = createLogger({ level: 'silent' })
  const open = (url: string) => () =>
    createGoogleSignIn({ ...CLIENT, issuer: url, audiences: [] }, CALLBACK, log)
  for (const url of [
    'http://accounts.google.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
  ])
    expect(open(url)).toThrow('must be https')
  for (const url of [
    'https://accounts.google.com',
    'http://localhost:1',
    'http://127.0.0.1:1',
    'http://[::1]:1',
  ])
    expect(open(url)).not.toThrow()
})
