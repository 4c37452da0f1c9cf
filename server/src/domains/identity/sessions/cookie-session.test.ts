import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, codeAt, createClient, PASSWORD } from '../test-support.ts'
import { type Browser, createBrowser, signedIn, startHttpsApp } from './cookie-browser-test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startHttpsApp()
  client = createClient(app)
})
afterAll(() => app.stop())

const nameOf = async (browser: Browser) => (await browser.call('GET', '/users/me')).body.name

test('tokens go into __Host- cookies that no script reads, and not into the body (W-03)', async () => {
  const { browser, status, body, csrf } = await signedIn(app)
  expect(status).toBe(201)
  expect(body).not.toHaveProperty('access_token')
  expect(body).not.toHaveProperty('refresh_token')
  expect(body.user).toMatchObject({ name: 'Aida' })
  expect(browser.set_cookies).toEqual([
    expect.stringMatching(
      /^__Host-leema_access=ey[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800; Secure$/,
    ),
    expect.stringMatching(
      /^__Host-leema_session=ey[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
    ),
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
    expect(
      (
        await browser.call('PUT', '/users/me', {
          payload: { name: 'Other' },
          headers: { 'x-csrf-token': csrf },
        })
      ).status,
    ).toBe(200)
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
  const { browser, email, csrf } = await signedIn(app)
  const as_shop = createBrowser(app)
  await as_shop.call('POST', '/auth/login', {
    payload: { email, password: PASSWORD, account_type: 'user', platform: 'web' },
  })
  expect(as_shop.cookies.get('__Host-leema_access')).toBeDefined()
  const setup = await browser.call('POST', '/auth/2fa/setup', {
    payload: {},
    headers: { 'x-csrf-token': csrf },
  })
  const code = codeAt(setup.body.secret, app.clock.now())
  expect(
    (await browser.call('POST', '/auth/2fa/enable', { payload: { code }, headers: { 'x-csrf-token': csrf } }))
      .status,
  ).toBe(200)
  app.clock.advance(MINUTE_MS)
  const third = createBrowser(app)
  const step = await third.call('POST', '/auth/login', {
    payload: { email, password: PASSWORD, account_type: 'user', platform: 'web' },
  })
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

test('refresh by cookie gives new tokens; the replaced one, replayed, ends the session', async () => {
  const { browser } = await signedIn(app)
  const stolen = browser.cookies.get('__Host-leema_session') ?? ''
  expect((await browser.call('POST', '/auth/refresh')).status).toBe(200)
  expect(browser.cookies.get('__Host-leema_session')).not.toBe(stolen)
  const thief = createBrowser(app)
  thief.cookies.set('__Host-leema_session', stolen)
  expect((await thief.call('POST', '/auth/refresh')).status).toBe(401)
  expect((await browser.call('GET', '/users/me')).status).toBe(401)
})

test('refreshing works when the access cookie has died', async () => {
  const { browser } = await signedIn(app)
  app.clock.advance(31 * MINUTE_MS)
  const dead = await browser.call('GET', '/users/me')
  expect(dead.status).toBe(401)
  expect(dead.body.code).toBe('token_expired')
  expect((await browser.call('POST', '/auth/refresh')).status).toBe(200)
  expect(await nameOf(browser)).toBe('Aida')
})

test('a stored bearer refresh token can be turned into cookies', async () => {
  const { body } = await client.register({ email: client.newEmail() })
  const browser = createBrowser(app)
  const moved = await browser.call('POST', '/auth/refresh', {
    payload: { refresh_token: body.refresh_token },
  })
  expect(moved.body).toEqual({ token_type: 'bearer', csrf_token: expect.any(String) })
  expect(await nameOf(browser)).toBe('Aida')
})

test('log-out ends the session on the server and takes the cookies away', async () => {
  const { browser } = await signedIn(app)
  const kept = new Map(browser.cookies)
  expect((await browser.call('POST', '/auth/logout')).status).toBe(200)
  expect(browser.cookies.size).toBe(0)
  const replay = createBrowser(app)
  for (const [name, value] of kept) replay.cookies.set(name, value)
  expect((await replay.call('GET', '/users/me')).status).toBe(401)
  expect((await replay.call('POST', '/auth/refresh')).status).toBe(401)
})

test('fixation: a session that somebody planted before sign-in is not taken over; the person gets one of his own', async () => {
  const attacker = await signedIn(app)
  const victim = createBrowser(app)
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

test('a page that was loaded anew asks for its token; a bearer client has none', async () => {
  const { browser, csrf } = await signedIn(app)
  expect((await browser.call('GET', '/auth/csrf')).body).toEqual({ csrf_token: csrf })
  const user = await app.given.user()
  expect((await client.get('/auth/csrf', user.token)).body).toEqual({ csrf_token: null })
})

test('refresh and log-out without any token are 422 for bearer clients and 401 for cookie clients', async () => {
  for (const path of ['/auth/refresh', '/auth/logout']) {
    expect((await client.post(path, {})).status).toBe(422)
    expect((await createBrowser(app).call('POST', path)).status).toBe(401)
  }
})
