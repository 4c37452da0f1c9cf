import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, codeAt, createClient, PASSWORD } from '../test-support.ts'

const SITE = 'https://www.leema.test'
const API = 'https://api.leema.test'
let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp({ env: { PUBLIC_URL: API, SITE_URL: SITE } })
  client = createClient(app)
})
afterAll(() => app.stop())

type Options = { payload?: object | string; headers?: Record<string, string>; origin?: string | null }

/** A browser on a page of the site: keeps cookies, sends its origin, asks for cookies. */
function createBrowser(on: TestApp = app, page_origin = SITE) {
  const cookies = new Map<string, string>()
  const set_cookies: string[] = []

  async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options: Options = {}) {
    const { payload, headers, origin = page_origin } = options
    const response = await on.http.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        'x-client-session': 'cookie',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(origin === null ? {} : { origin }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      set_cookies.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0(;|$)/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const is_json = String(response.headers['content-type'] ?? '').includes('json')
    const body = is_json ? response.json<Record<string, unknown>>() : {}
    return { status: response.statusCode, body, response }
  }

  return { call, cookies, set_cookies }
}

type Browser = ReturnType<typeof createBrowser>
const person = { password: PASSWORD, name: 'Aida', account_type: 'user', platform: 'web', consents: [] }

async function signedIn(on: TestApp = app, origin = SITE) {
  const browser = createBrowser(on, origin)
  const email = client.newEmail()
  const { body, status } = await browser.call('POST', '/auth/register', { payload: { ...person, email } })
  return { browser, email, status, body, csrf: String(body.csrf_token) }
}

const rename = (browser: Browser, headers: Record<string, string>, options: Options = {}) =>
  browser.call('PUT', '/users/me', { payload: { name: 'Other' }, ...options, headers })
const nameOf = async (browser: Browser) => (await browser.call('GET', '/users/me')).body.name

test('tokens go into __Host- cookies that no script reads, and not into the body', async () => {
  const { browser, status, body, csrf } = await signedIn()
  expect(status).toBe(201)
  expect(body).not.toHaveProperty('access_token')
  expect(body).not.toHaveProperty('refresh_token')
  expect(body.user).toMatchObject({ name: 'Aida' })
  expect(browser.set_cookies).toEqual([
    expect.stringMatching(/^__Host-leema_access=ey[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800; Secure$/),
    expect.stringMatching(/^__Host-leema_session=ey[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/),
    `leema_csrf=${csrf}; Path=/; SameSite=Lax; Max-Age=604800; Secure`,
  ])
  expect(csrf).toMatch(/^[\w-]{43}$/)
  expect(await nameOf(browser)).toBe('Aida')
})

test('without https the cookies have plain names, because __Host- needs it', async () => {
  const local = await startTestApp()
  try {
    const { browser, csrf } = await signedIn(local, 'http://localhost:8000')
    expect([...browser.cookies.keys()]).toEqual(['leema_access', 'leema_session', 'leema_csrf'])
    expect(browser.set_cookies.some((line) => line.includes('Secure'))).toBe(false)
    expect((await rename(browser, { 'x-csrf-token': csrf })).status).toBe(200)
  } finally {
    await local.stop()
  }
})

test('a client that does not ask for cookies gets its tokens as before and no cookie', async () => {
  const { body, response } = await client.register({ email: client.newEmail() })
  expect(body.access_token).toEqual(expect.any(String))
  expect(body).not.toHaveProperty('csrf_token')
  expect(response.headers['set-cookie']).toBeUndefined()
})

test('log-in, second step, refresh and acting as a shop answer by cookies, too', async () => {
  const { browser, email, csrf } = await signedIn()
  const as_shop = createBrowser()
  await as_shop.call('POST', '/auth/login', { payload: { email, password: PASSWORD, account_type: 'user', platform: 'web' } })
  expect(as_shop.cookies.get('__Host-leema_access')).toBeDefined()
  const setup = await browser.call('POST', '/auth/2fa/setup', { payload: {}, headers: { 'x-csrf-token': csrf } })
  const code = codeAt(setup.body.secret, app.clock.now())
  expect((await browser.call('POST', '/auth/2fa/enable', { payload: { code }, headers: { 'x-csrf-token': csrf } })).status).toBe(200)
  app.clock.advance(MINUTE_MS)
  const third = createBrowser()
  const step = await third.call('POST', '/auth/login', { payload: { email, password: PASSWORD, account_type: 'user', platform: 'web' } })
  expect(step.body).toMatchObject({ two_factor_required: true, pre_auth_token: expect.any(String) })
  expect(third.cookies.size).toBe(0)
  const verified = await third.call('POST', '/auth/2fa/verify', {
    payload: { pre_auth_token: step.body.pre_auth_token, code: codeAt(setup.body.secret, app.clock.now()) },
  })
  expect(verified.status).toBe(200)
  expect(verified.body).not.toHaveProperty('access_token')
  expect(verified.body.csrf_token).toEqual(expect.any(String))
  const refreshed = await third.call('POST', '/auth/refresh')
  expect(refreshed.body).toEqual({ token_type: 'bearer', csrf_token: verified.body.csrf_token })
})

test('a change needs the token of the session in a header: none, a wrong one and that of another session are refused', async () => {
  const [mine, other] = [await signedIn(), await signedIn()]
  for (const shown of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': 'guess' }, { 'x-csrf-token': other.csrf }]) {
    const refused = await rename(mine.browser, { ...shown })
    expect(refused.status).toBe(403)
    expect(refused.body.code).toBe('csrf_failed')
  }
  expect(await nameOf(mine.browser)).toBe('Aida')
  expect((await rename(mine.browser, { 'x-csrf-token': mine.csrf })).status).toBe(200)
  expect(await nameOf(mine.browser)).toBe('Other')
})

test.each<[string, string | null]>([
  ['a foreign origin', 'https://evil.example'],
  ['an origin that only begins like ours', 'https://www.leema.test.evil.example'],
  ['another scheme', 'http://www.leema.test'],
  ['the origin of a sandbox', 'null'],
  ['no origin at all', null],
])('a change from %s is refused although cookie and token are right', async (_what, origin) => {
  const { browser, csrf } = await signedIn()
  const refused = await rename(browser, { 'x-csrf-token': csrf }, { origin })
  expect(refused.status).toBe(403)
  expect(refused.body.code).toBe('csrf_failed')
  expect(await nameOf(browser)).toBe('Aida')
})

test('a browser that says the request is the page’s own needs no origin', async () => {
  const { browser, csrf } = await signedIn()
  const headers = { 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' }
  expect((await rename(browser, headers, { origin: null })).status).toBe(200)
  const cross = { ...headers, 'sec-fetch-site': 'cross-site' }
  expect((await rename(browser, cross, { origin: null })).status).toBe(403)
})

test('what a foreign page can post without asking first — a form or plain text — is refused before it is read', async () => {
  const { browser } = await signedIn()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const posted = await browser.call('PUT', '/users/me', {
      payload: '{"name":"Other"}',
      headers: { 'content-type': type },
      origin: 'https://evil.example',
    })
    expect([403, 415]).toContain(posted.status)
  }
  const own = await signedIn()
  const text = await own.browser.call('PUT', '/users/me', {
    payload: '{"name":"Other"}',
    headers: { 'content-type': 'text/plain', 'x-csrf-token': own.csrf },
  })
  expect(text.status).toBe(415)
  expect(await nameOf(own.browser)).toBe('Aida')
})

test('reading needs neither origin nor token, and a foreign page may not see the answer', async () => {
  const { browser } = await signedIn()
  const read = await browser.call('GET', '/users/me', { origin: 'https://evil.example' })
  expect(read.response.headers['access-control-allow-origin']).toBeUndefined()
  const own = await browser.call('GET', '/users/me')
  expect(own.response.headers['access-control-allow-origin']).toBe(SITE)
  expect(own.response.headers['access-control-allow-credentials']).toBe('true')
})

test('bearer clients are exempt: neither origin nor token is asked of them', async () => {
  const user = await app.given.user()
  const renamed = await client.call('PUT', '/users/me', {
    token: user.token,
    payload: { name: 'App' },
    headers: { origin: 'https://evil.example' },
  })
  expect(renamed.status).toBe(200)
})

test('a bearer token beside a cookie counts, so a cookie never lends a bearer call its session', async () => {
  const [mine, user] = [await signedIn(), await app.given.user({ name: 'Bearer' })]
  const both = await mine.browser.call('GET', '/users/me', { headers: user.auth })
  expect(both.body.name).toBe('Bearer')
  const broken = await mine.browser.call('GET', '/users/me', { headers: { authorization: 'Bearer x' } })
  expect(broken.status).toBe(401)
})

test.each(['/auth/login', '/auth/register', '/auth/refresh', '/auth/logout'])(
  'a foreign page cannot begin %s by cookies',
  async (path) => {
    const { browser, email } = await signedIn()
    const before = new Map(browser.cookies)
    const payload = { email, password: PASSWORD, account_type: 'user', platform: 'web' }
    const refused = await browser.call('POST', path, { payload, origin: 'https://evil.example' })
    expect(refused.status).toBe(403)
    expect(refused.body.code).toBe('csrf_failed')
    expect(browser.cookies).toEqual(before)
    expect(await nameOf(browser)).toBe('Aida')
  },
)

test('refresh by cookie gives new tokens; the replaced one, replayed, ends the session', async () => {
  const { browser } = await signedIn()
  const stolen = browser.cookies.get('__Host-leema_session') ?? ''
  expect((await browser.call('POST', '/auth/refresh')).status).toBe(200)
  expect(browser.cookies.get('__Host-leema_session')).not.toBe(stolen)
  const thief = createBrowser()
  thief.cookies.set('__Host-leema_session', stolen)
  expect((await thief.call('POST', '/auth/refresh')).status).toBe(401)
  expect((await browser.call('GET', '/users/me')).status).toBe(401)
})

test('refreshing works when the access cookie has died', async () => {
  const { browser } = await signedIn()
  app.clock.advance(31 * MINUTE_MS)
  const dead = await browser.call('GET', '/users/me')
  expect(dead.status).toBe(401)
  expect(dead.body.code).toBe('token_expired')
  expect((await browser.call('POST', '/auth/refresh')).status).toBe(200)
  expect(await nameOf(browser)).toBe('Aida')
})

test('a stored bearer refresh token can be turned into cookies', async () => {
  const { body } = await client.register({ email: client.newEmail() })
  const browser = createBrowser()
  const moved = await browser.call('POST', '/auth/refresh', { payload: { refresh_token: body.refresh_token } })
  expect(moved.body).toEqual({ token_type: 'bearer', csrf_token: expect.any(String) })
  expect(await nameOf(browser)).toBe('Aida')
})

test('log-out ends the session on the server and takes the cookies away', async () => {
  const { browser } = await signedIn()
  const kept = new Map(browser.cookies)
  expect((await browser.call('POST', '/auth/logout')).status).toBe(200)
  expect(browser.cookies.size).toBe(0)
  const replay = createBrowser()
  for (const [name, value] of kept) replay.cookies.set(name, value)
  expect((await replay.call('GET', '/users/me')).status).toBe(401)
  expect((await replay.call('POST', '/auth/refresh')).status).toBe(401)
})

test('fixation: a session that somebody planted before sign-in is not taken over; the person gets one of his own', async () => {
  const attacker = await signedIn()
  const victim = createBrowser()
  for (const [name, value] of attacker.browser.cookies) victim.cookies.set(name, value)
  const email = client.newEmail()
  await client.register({ email })
  const entered = await victim.call('POST', '/auth/login', {
    payload: { email, password: PASSWORD, account_type: 'user', platform: 'web' },
  })
  expect(entered.status).toBe(200)
  const sid = (browser: Browser) => decodeJwt(browser.cookies.get('__Host-leema_access') ?? '').sid
  expect(sid(victim)).not.toBe(sid(attacker.browser))
  expect(entered.body.csrf_token).not.toBe(attacker.csrf)
  expect((await victim.call('GET', '/users/me')).body.email).toBe(email)
  expect((await attacker.browser.call('GET', '/users/me')).body.email).toBe(attacker.email)
})

test('a guest endpoint that knows the caller treats a forged request as a guest’s', async () => {
  const { browser } = await signedIn()
  const forged = await browser.call('POST', '/auth/2fa/setup', { payload: {} })
  expect(forged.status).toBe(401)
  expect(forged.body.code).toBe('not_authenticated')
})

test('a page that was loaded anew asks for its token; a bearer client has none', async () => {
  const { browser, csrf } = await signedIn()
  expect((await browser.call('GET', '/auth/csrf')).body).toEqual({ csrf_token: csrf })
  const user = await app.given.user()
  expect((await client.get('/auth/csrf', user.token)).body).toEqual({ csrf_token: null })
})

test('refresh and log-out without any token are 422 for bearer clients and 401 for cookie clients', async () => {
  for (const path of ['/auth/refresh', '/auth/logout']) {
    expect((await client.post(path, {})).status).toBe(422)
    expect((await createBrowser().call('POST', path)).status).toBe(401)
  }
})

test('admins act by cookies under the same rules', async () => {
  const admin = await app.given.admin()
  const user = await app.given.user()
  const browser = createBrowser()
  browser.cookies.set('__Host-leema_access', admin.token)
  const path = `/admin/users/${user.user_id}/role?new_role=admin`
  expect((await browser.call('PUT', path)).status).toBe(403)
  const { csrf_token } = (await browser.call('GET', '/auth/csrf')).body
  const headers = { 'x-csrf-token': String(csrf_token) }
  expect((await browser.call('PUT', path, { headers, origin: 'https://evil.example' })).status).toBe(403)
  expect((await browser.call('PUT', path, { headers })).status).toBe(200)
})
