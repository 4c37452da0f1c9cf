import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '#test/app.ts'
import { type Client, createClient, PASSWORD } from '../test-support.ts'
import {
  type Browser,
  createBrowser,
  type Options,
  SITE,
  signedIn,
  startHttpsApp,
} from './cookie-browser-test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startHttpsApp()
  client = createClient(app)
})
afterAll(() => app.stop())

const rename = (browser: Browser, headers: Record<string, string>, options: Options = {}) =>
  browser.call('PUT', '/users/me', { payload: { name: 'Other' }, ...options, headers })
const nameOf = async (browser: Browser) => (await browser.call('GET', '/users/me')).body.name

test('a change needs the token of the session in a header: none, a wrong one and that of another session are refused', async () => {
  const [mine, other] = [await signedIn(app), await signedIn(app)]
  for (const shown of [
    {},
    { 'x-csrf-token': '' },
    { 'x-csrf-token': 'guess' },
    { 'x-csrf-token': other.csrf },
  ]) {
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
])('a change from %s is refused although cookie and token are right (W-04)', async (_what, origin) => {
  const { browser, csrf } = await signedIn(app)
  const refused = await rename(browser, { 'x-csrf-token': csrf }, { origin })
  expect(refused.status).toBe(403)
  expect(refused.body.code).toBe('csrf_failed')
  expect(await nameOf(browser)).toBe('Aida')
})

test('a browser that says the request is the page’s own needs no origin', async () => {
  const { browser, csrf } = await signedIn(app)
  const headers = { 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' }
  expect((await rename(browser, headers, { origin: null })).status).toBe(200)
  const cross = { ...headers, 'sec-fetch-site': 'cross-site' }
  expect((await rename(browser, cross, { origin: null })).status).toBe(403)
})

test('what a foreign page can post without asking first — a form or plain text — is refused before it is read (W-04)', async () => {
  const { browser } = await signedIn(app)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const posted = await browser.call('PUT', '/users/me', {
      payload: '{"name":"Other"}',
      headers: { 'content-type': type },
      origin: 'https://evil.example',
    })
    expect([403, 415]).toContain(posted.status)
  }
  const own = await signedIn(app)
  const text = await own.browser.call('PUT', '/users/me', {
    payload: '{"name":"Other"}',
    headers: { 'content-type': 'text/plain', 'x-csrf-token': own.csrf },
  })
  expect(text.status).toBe(415)
  expect(await nameOf(own.browser)).toBe('Aida')
})

test('reading needs neither origin nor token, and a foreign page may not see the answer', async () => {
  const { browser } = await signedIn(app)
  expect((await browser.call('GET', '/users/me', { origin: null })).status).toBe(200)
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
  const [mine, user] = [await signedIn(app), await app.given.user({ name: 'Bearer' })]
  const both = await mine.browser.call('GET', '/users/me', { headers: user.auth })
  expect(both.body.name).toBe('Bearer')
  const broken = await mine.browser.call('GET', '/users/me', { headers: { authorization: 'Bearer x' } })
  expect(broken.status).toBe(401)
})

test.each(['/auth/login', '/auth/register', '/auth/refresh', '/auth/logout'])(
  'a foreign page cannot begin %s by cookies',
  async (path) => {
    const { browser, email } = await signedIn(app)
    const before = new Map(browser.cookies)
    const payload = { email, password: PASSWORD, account_type: 'user', platform: 'web' }
    const refused = await browser.call('POST', path, { payload, origin: 'https://evil.example' })
    expect(refused.status).toBe(403)
    expect(refused.body.code).toBe('csrf_failed')
    expect(browser.cookies).toEqual(before)
    expect(await nameOf(browser)).toBe('Aida')
  },
)

test('a guest endpoint that knows the caller treats a forged request as a guest’s', async () => {
  const { browser } = await signedIn(app)
  const forged = await browser.call('POST', '/auth/2fa/setup', { payload: {} })
  expect(forged.status).toBe(401)
  expect(forged.body.code).toBe('not_authenticated')
})

test('admins act by cookies under the same rules', async () => {
  const admin = await app.given.admin()
  const user = await app.given.user()
  const browser = createBrowser(app)
  browser.cookies.set('__Host-leema_access', admin.token)
  const path = `/admin/users/${user.user_id}/role?new_role=admin`
  expect((await browser.call('PUT', path)).status).toBe(403)
  const { csrf_token } = (await browser.call('GET', '/auth/csrf')).body
  const headers = { 'x-csrf-token': String(csrf_token) }
  expect((await browser.call('PUT', path, { headers, origin: 'https://evil.example' })).status).toBe(403)
  expect((await browser.call('PUT', path, { headers })).status).toBe(200)
})

test('a GET that sets something going is not asked for by cookies alone: a foreign page can open any address', async () => {
  const { browser } = await signedIn(app)
  await app.db.updateTable('identity.accounts').set({ email_verified_at: app.clock.now() }).execute()
  const opened = await browser.call('GET', '/users/me/export', {
    headers: { 'x-client-session': '' },
    origin: null,
  })
  expect([opened.status, opened.body.code]).toEqual([403, 'csrf_failed'])
  expect((await browser.call('GET', '/users/me/export')).status).toBe(202)
})
