import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '#app/http/limits.ts'
import { createHttp } from '#app/http.ts'
import { cookieSessions } from '#domains/identity/routes.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { createWorld, documentOf, nameOf, operationsOf, type World } from './world.ts'

const SITE = 'https://www.leema.kz'
const API = 'https://api.leema.kz'
const PARTNER = 'https://shop.leema.kz'

let app: TestApp
let world: World
/** The same server over https, in front of a built web folder. */
let live: FastifyInstance
let web: string

beforeAll(async () => {
  app = await startTestApp({ roles: ['api', 'realtime'], env: { ALLOWED_ORIGINS: PARTNER } })
  world = await createWorld(app)
  web = mkdtempSync(join(tmpdir(), 'leema-web-'))
  for (const folder of ['assets', '.git']) mkdirSync(join(web, folder))
  writeFileSync(
    join(web, 'index.html'),
    '<!doctype html><title>Leema</title><script src="/assets/a.js"></script>',
  )
  writeFileSync(join(web, 'assets', 'a.js'), '1')
  writeFileSync(join(web, '.git', 'HEAD'), 'ref: refs/heads/main')
  writeFileSync(join(web, '.env'), 'DATABASE_URL=x')
  live = await createHttp({
    ...app,
    config: {
      ...app.config,
      public_origin: API,
      site_origin: SITE,
      media_origin: 'https://cdn.leema.kz',
      allowed_origins: [API, SITE],
    },
    limits: LIMITS,
    cookies: cookieSessions(app.config),
    api_routes: [],
    root_routes: [],
    web_folder: pathToFileURL(`${web}/`),
  })
})
afterAll(async () => {
  await live?.close()
  await app?.stop()
  rmSync(web, { recursive: true, force: true })
})

const page = (url: string) => live.inject({ url, headers: { accept: 'text/html,*/*' } })

function policyOf(response: LightMyRequestResponse): Map<string, string[]> {
  const directives = String(response.headers['content-security-policy']).split(';')
  return new Map(
    directives.map((text) => text.trim().split(/\s+/)).map(([name = '', ...values]) => [name, values]),
  )
}

function expectProtected(response: LightMyRequestResponse): void {
  const policy = policyOf(response)
  expect(policy.get('default-src')).toEqual(["'self'"])
  expect(policy.get('script-src')).toEqual(["'self'"])
  expect(policy.get('style-src')).toEqual(["'self'"])
  expect(policy.get('object-src')).toEqual(["'none'"])
  expect(policy.get('base-uri')).toEqual(["'none'"])
  expect(policy.get('form-action')).toEqual(["'self'"])
  expect(policy.get('frame-ancestors')).toEqual(["'none'"])
  expect(String(response.headers['content-security-policy'])).not.toMatch(
    /unsafe|\*(?!\.googleusercontent\.com)|\shttps?:(\s|;|$)/,
  )
  expect(response.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-request-id': expect.any(String),
  })
  expect(response.headers['permissions-policy']).toContain('geolocation=()')
  for (const name of ['server', 'x-powered-by', 'x-aspnet-version', 'via'])
    expect(response.headers[name]).toBeUndefined()
}

describe('every answer carries the headers of a safe one', () => {
  const kinds: [string, () => Promise<LightMyRequestResponse>][] = [
    ['a list', () => app.http.inject({ url: '/api/v1/products' })],
    ['a refusal', () => app.http.inject({ url: '/api/v1/users/me' })],
    ['an unknown path', () => app.http.inject({ url: '/nope' })],
    ['wrong input', () => app.http.inject({ method: 'POST', url: '/api/v1/auth/login', payload: {} })],
    ['a preflight', () => preflight('https://evil.kz')],
    ['a redirect', () => app.http.inject({ url: '/api/v1/payments/paypal/cancel' })],
    ['a page', () => page('/catalog')],
    ['a script', () => page('/assets/a.js')],
  ]
  test.each(kinds)('%s', async (_what, answer) => expectProtected(await answer()))

  test('also an address that cannot be decoded is not sniffed', async () => {
    const response = await app.http.inject({ url: '/%zz' })
    expect(response.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    })
  })
})

describe('HSTS', () => {
  test('is sent where the public address is https', async () => {
    const response = await page('/')
    expect(response.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
  })
  test('is not sent where it is not: the browser would lock itself out', async () => {
    const response = await app.http.inject({ url: '/api/v1/products' })
    expect(response.headers['strict-transport-security']).toBeUndefined()
  })
})

test('sockets and pictures of the configured hosts are allowed by the policy, and no others', async () => {
  const policy = policyOf(await page('/'))
  expect(policy.get('connect-src')).toEqual(["'self'", 'wss://api.leema.kz'])
  expect(policy.get('img-src')).toEqual([
    "'self'",
    'https://cdn.leema.kz',
    'https://*.googleusercontent.com',
    'data:',
    'blob:',
  ])
})

const preflight = (origin: string, headers: Record<string, string> = {}) =>
  app.http.inject({
    method: 'OPTIONS',
    url: '/api/v1/users/me',
    headers: { origin, 'access-control-request-method': 'PUT', ...headers },
  })

describe('other sites', () => {
  const FOREIGN = [
    'https://evil.kz',
    'null',
    'http://localhost:8000.evil.kz',
    'http://localhost:80001',
    'https://localhost:8000',
    'https://evilshop.leema.kz',
    'https://shop.leema.kz.evil.kz',
    'http://shop.leema.kz',
    'https://SHOP.leema.kz',
    'https://shop.leema.kz/',
  ]
  test.each(FOREIGN)(
    '%s is not let in, neither by the preflight nor by the answer (W-05)',
    async (origin) => {
      const headers = { origin, ...world.user.auth }
      for (const response of [
        await preflight(origin),
        await app.http.inject({ url: '/api/v1/users/me', headers }),
      ])
        expect(response.headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  test.each([PARTNER, 'http://localhost:8000'])('%s, which is listed, is', async (origin) => {
    const asked = await preflight(origin)
    expect(asked.statusCode).toBe(204)
    for (const response of [asked, await app.http.inject({ url: '/api/v1/products', headers: { origin } })]) {
      expect(response.headers['access-control-allow-origin']).toBe(origin)
      expect(response.headers['access-control-allow-credentials']).toBe('true')
      expect(String(response.headers.vary)).toMatch(/\bOrigin\b/)
    }
  })

  test('what a shared cache may keep differs by origin, so that one site’s permission is not served to another', async () => {
    for (const url of [
      '/api/v1/products',
      '/api/v1/categories',
      '/api/v1/settings/public',
      '/api/v1/config',
    ]) {
      const response = await app.http.inject({ url, headers: { origin: 'https://evil.kz' } })
      expect(String(response.headers['cache-control']), url).toContain('public')
      expect(String(response.headers.vary), url).toMatch(/\bOrigin\b/)
    }
  })
})

describe('who keeps what', () => {
  test('no answer to somebody signed in is kept, except what is the same for all', async () => {
    const same_for_all = /\/(settings\/public|config|jwks\.json)$/
    const reading = operationsOf(app).filter(({ method, path }) => method === 'GET' && !path.includes('{'))
    let personal = 0
    for (const operation of reading) {
      if (/google|apple|paypal/.test(operation.path) || same_for_all.test(operation.path)) continue
      const access = 'x-access' in operation.about ? operation.about['x-access'] : ''
      const headers = await world.authOf(access === 'shop' ? 'shop' : access === 'admin' ? 'admin' : 'user')
      const response = await app.http.inject({ url: operation.path, headers })
      expect([200, 202], nameOf(operation)).toContain(response.statusCode)
      expect(response.headers['cache-control'], nameOf(operation)).toBe('no-store')
      personal += 1
    }
    expect(personal).toBeGreaterThan(15)
  })

  test('tokens are never kept', async () => {
    const { refresh_token } = await world.sessionOf('user')
    const email = `${Date.now()}@example.com`
    const person = { email, password: 'five red umbrellas', account_type: 'user', platform: 'web' }
    const answers = [
      await post('/auth/register', { ...person, name: 'Aida', consents: [] }),
      await post('/auth/login', person),
      await post('/auth/refresh', { refresh_token }),
      await post('/auth/2fa/setup', {}, await world.authOf('user')),
      await post('/auth/ws-ticket', { client_type: 'user' }, await world.authOf('user')),
    ]
    expect(answers.map((answer) => [answer.statusCode, answer.headers['cache-control']])).toEqual([
      [201, 'no-store'],
      [200, 'no-store'],
      [200, 'no-store'],
      [200, 'no-store'],
      [200, 'no-store'],
    ])
  })
})

const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'POST', url: `/api/v1${path}`, payload, headers })

describe('nothing of the inside is reached from outside', () => {
  const PATHS = [
    '/metrics',
    '/metrics?x',
    '/docs',
    '/docs/',
    '/redoc',
    '/openapi.json',
    '/openapi',
    '/swagger.json',
    '/swagger-ui.html',
    '/documentation.json',
    '/ws/stats',
    '/debug.html',
    '/.git/HEAD',
    '/.git/config',
    '/.env',
    '/.well-known/../.env',
    '/assets/../.env',
    '/assets/..%2f.env',
    '/server.ts',
    '/package.json',
    '/wp-login.php',
    '/api/v1/auth/test-token',
  ]
  test.each(PATHS)('%s', async (url) => {
    const answers = await Promise.all([
      app.http.inject({ url }),
      live.inject({ url }),
      live.inject({ url, headers: { accept: 'text/html' } }),
    ])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
    for (const { body } of answers) expect(body).not.toMatch(/refs\/heads|DATABASE_URL|root:/)
  })

  test.each(['TRACE', 'CONNECT', 'PROPFIND', 'PURGE'])('the method %s', async (method) => {
    // Methods that the types do not name can be sent all the same.
    const response = await app.http.inject({
      method: method as InjectOptions['method'] & string,
      url: '/api/v1/products',
    })
    expect(response.statusCode).toBe(404)
    expect(response.body).not.toContain('authorization')
  })

  test('the document itself names no route below /admin to guests without saying that it is closed', () => {
    const open = Object.entries(documentOf(app).paths).filter(([path]) => path.includes('/admin/'))
    for (const [path, item] of open)
      for (const about of Object.values(item))
        expect(about.security, path).toEqual([{ bearer: [] }, { cookie: [] }])
  })
})

test('the web app itself is served for its pages, never kept, and its hashed files are kept for ever', async () => {
  const [home, deep, script] = [
    await page('/'),
    await page('/products/7?tab=reviews'),
    await page('/assets/a.js'),
  ]
  expect([home.statusCode, deep.statusCode, script.statusCode]).toEqual([200, 200, 200])
  expect([home.headers['cache-control'], deep.headers['cache-control']]).toEqual(['no-cache', 'no-cache'])
  expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(home.body).toBe(deep.body)
})
