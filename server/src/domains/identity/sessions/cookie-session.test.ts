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
  ])
  expect(csrf).toMatch(/^[\w-]{43}$/)
  expect(body.expires_in).toBe(1_800)
  expect(await nameOf(browser)).toBe('Aida')
})

test('without https the cookies have plain names, because __Host- needs it', async () => {
  const local = await startTestApp()
  try {
    const { browser, csrf } = await signedIn(local, 'http://localhost:8000')
    expect([...browser.cookies.keys()]).toEqual(['leema_access', 'leema_session'])
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
  expect(body.refresh_token).toEqual(expect.any(String))
  expect(body).not.toHaveProperty('csrf_token')
  expect(body).not.toHaveProperty('expires_in')
  expect(response.headers['set-cookie']).toBeUndefined()
})

test('a taken address gets an answer of the same shape, with no session in it, from both kinds of clients', async () => {
  const { email } = await signedIn(app)
  const payload = { email, password: PASSWORD, name: 'Aida', account_type: 'user', platform: 'web' }
  const nobody = { token_type: 'bearer', user: null, shop: null, account_type: 'user', platform: 'web' }
  const browser = createBrowser(app)
  const in_cookies = await browser.call('POST', '/auth/register', { payload })
  expect(in_cookies.status).toBe(201)
  expect(in_cookies.body).toEqual({ csrf_token: null, session_id: null, expires_in: null, ...nobody })
  expect(browser.set_cookies).toEqual([])
  const { body } = await client.post('/auth/register', payload)
  expect(body).toEqual({ access_token: null, refresh_token: null, ...nobody })
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
  expect(refreshed.body).toEqual({
    token_type: 'bearer',
    csrf_token: verified.body.csrf_token,
    session_id: verified.body.session_id,
    expires_in: 1_800,
  })
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

test('a refused refresh takes the cookies of the dead session away; a refused token of a body takes nothing', async () => {
  const [browser, other] = [(await signedIn(app)).browser, (await signedIn(app)).browser]
  const refused = await other.call('POST', '/auth/refresh', { payload: { refresh_token: 'x' } })
  expect(refused.status).toBe(401)
  expect(await nameOf(other)).toBe('Aida')
  const used = new Map(browser.cookies)
  expect((await browser.call('POST', '/auth/refresh')).status).toBe(200)
  const old = createBrowser(app)
  for (const [name, value] of used) old.cookies.set(name, value)
  expect((await old.call('POST', '/auth/refresh')).status).toBe(401)
  expect([...old.cookies.keys()]).toEqual([])
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
  expect(moved.body).toMatchObject({
    token_type: 'bearer',
    csrf_token: expect.any(String),
    expires_in: 1_800,
  })
  expect(moved.body).not.toHaveProperty('access_token')
  expect(moved.body).not.toHaveProperty('refresh_token')
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

test('a log-out of a session that is over takes the cookies away, too', async () => {
  const { browser, csrf } = await signedIn(app)
  const kept = new Map(browser.cookies)
  await browser.call('POST', '/auth/logout-all', { headers: { 'x-csrf-token': csrf } })
  expect(browser.cookies.size).toBe(0)
  for (const [name, value] of kept) browser.cookies.set(name, value)
  expect((await browser.call('POST', '/auth/logout')).status).toBe(401)
  expect(browser.cookies.size).toBe(0)
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
  const { browser, csrf, body } = await signedIn(app)
  expect((await browser.call('GET', '/auth/csrf')).body).toEqual({
    csrf_token: csrf,
    session_id: body.session_id,
  })
  const { body: sessions } = await browser.call('GET', '/auth/sessions')
  expect(sessions).toMatchObject([{ id: body.session_id, current: true }])
  const user = await app.given.user()
  const nothing = { csrf_token: null, session_id: null }
  expect((await client.get('/auth/csrf', user.token)).body).toEqual(nothing)
})

test('refresh and log-out without any token are 422 for bearer clients and 401 for cookie clients', async () => {
  for (const path of ['/auth/refresh', '/auth/logout']) {
    expect((await client.post(path, {})).status).toBe(422)
    expect((await createBrowser(app).call('POST', path)).status).toBe(401)
  }
})
