import { afterAll, beforeAll, expect, test } from 'vitest'
import { formOf } from '#domains/media/test-form.ts'
import { startTestApp, type TestApp } from '#test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ roles: ['api', 'realtime'] })
})
afterAll(() => app.stop())
test('x', async () => {
  const user = await app.given.user()
  const shop = await app.given.shop()
  const admin = await app.given.admin()
  const deep = (n: number) => '['.repeat(n) + ']'.repeat(n)
  const j = { 'content-type': 'application/json' }
  const mp = formOf([
    { name: '__proto__', value: 'x' },
    { name: 'name', value: 'a' },
    { name: 'price', value: '1' },
  ])
  const cases: [string, any][] = [
    ['badurl', { url: '/api/v1/products/%zz' }],
    ['badurl2', { url: '/%' }],
    ['nul', { url: '/api/v1/products/%00' }],
    ['options none', { method: 'OPTIONS', url: '/api/v1/products' }],
    [
      'options evil',
      {
        method: 'OPTIONS',
        url: '/api/v1/products',
        headers: { origin: 'https://evil.kz', 'access-control-request-method': 'GET' },
      },
    ],
    [
      'options good',
      {
        method: 'OPTIONS',
        url: '/api/v1/products',
        headers: { origin: 'http://localhost:8000', 'access-control-request-method': 'GET' },
      },
    ],
    [
      'options no acrm',
      { method: 'OPTIONS', url: '/api/v1/products', headers: { origin: 'http://localhost:8000' } },
    ],
    [
      'options unknown',
      {
        method: 'OPTIONS',
        url: '/nope',
        headers: { origin: 'http://localhost:8000', 'access-control-request-method': 'GET' },
      },
    ],
    ['ws', { url: '/ws' }],
    ['ws/user', { url: '/ws/user' }],
    ['trace', { method: 'TRACE', url: '/api/v1/products' }],
    ['patch', { method: 'PATCH', url: '/api/v1/products' }],
    ['long param', { url: '/api/v1/products/' + '1'.repeat(300) }],
    ['openapi', { url: '/openapi.json' }],
    ['docs', { url: '/docs' }],
    ['git', { url: '/.git/HEAD', headers: { accept: 'text/html' } }],
    ['metrics', { url: '/metrics', headers: { accept: 'text/html' } }],
    ['docs html', { url: '/docs', headers: { accept: 'text/html' } }],
    ['dotenv html', { url: '/.env', headers: { accept: 'text/html' } }],
    [
      'text/plain',
      { method: 'POST', url: '/api/v1/auth/login', headers: { 'content-type': 'text/plain' }, payload: 'x' },
    ],
    [
      'xml',
      {
        method: 'POST',
        url: '/api/v1/auth/login',
        headers: { 'content-type': 'application/xml' },
        payload: '<a/>',
      },
    ],
    [
      'form login',
      {
        method: 'POST',
        url: '/api/v1/auth/login',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'email=a@b.co&password=x&account_type=user&platform=web',
      },
    ],
    ['mp login', { method: 'POST', url: '/api/v1/auth/login', ...formOf([{ name: 'email', value: 'x' }]) }],
    ['no ct login', { method: 'POST', url: '/api/v1/auth/login', payload: Buffer.from('{}') }],
    ['nothing login', { method: 'POST', url: '/api/v1/auth/login' }],
    [
      'ct json empty',
      { method: 'POST', url: '/api/v1/auth/logout-all', headers: { ...j, ...shop.auth }, payload: '' },
    ],
    ['broken', { method: 'POST', url: '/api/v1/auth/login', headers: j, payload: '{"a":' }],
    [
      'proto',
      { method: 'POST', url: '/api/v1/auth/login', headers: j, payload: '{"__proto__":{"isAdmin":true}}' },
    ],
    [
      'ctor',
      {
        method: 'POST',
        url: '/api/v1/auth/login',
        headers: j,
        payload: '{"constructor":{"prototype":{"isAdmin":true}}}',
      },
    ],
    [
      'surr',
      {
        method: 'POST',
        url: '/api/v1/auth/login',
        headers: j,
        payload: '{"email":"\\ud800","password":"x","account_type":"user","platform":"web"}',
      },
    ],
    [
      'deep webhook',
      {
        method: 'POST',
        url: '/api/v1/payments/paypal/webhook',
        headers: j,
        payload: `{"a":${deep(400_000)}}`,
      },
    ],
    [
      'deep generate',
      {
        method: 'POST',
        url: '/api/v1/generations/generate',
        headers: { ...j, ...user.auth },
        payload: `{"prompt":${deep(400_000)}}`,
      },
    ],
    ['webhook {}', { method: 'POST', url: '/api/v1/payments/paypal/webhook', headers: j, payload: `{}` }],
    [
      'mp proto',
      {
        method: 'POST',
        url: '/api/v1/products',
        payload: mp.payload,
        headers: { ...mp.headers, ...(await app.given.shop()).auth },
      },
    ],
    [
      'form proto',
      {
        method: 'POST',
        url: '/api/v1/products',
        payload: '__proto__=x&name=a&price=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(await app.given.shop()).auth },
      },
    ],
    [
      'form dg',
      {
        method: 'POST',
        url: '/api/v1/products',
        payload: '__defineGetter__=x&name=a&price=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(await app.given.shop()).auth },
      },
    ],
    ['query proto', { url: '/api/v1/products?__proto__=1&constructor=2' }],
    ['query arr', { url: '/api/v1/products?limit=1&limit=2&search=a&search=b' }],
    ['big id', { url: '/api/v1/products/9007199254740993' }],
    ['neg', { url: '/api/v1/products?skip=-1' }],
    ['hex', { url: '/api/v1/products/0x10' }],
    ['1e3', { url: '/api/v1/products/1e1' }],
    ['1.0', { url: '/api/v1/products/1.0' }],
    ['sp', { url: '/api/v1/products/%201' }],
    ['limit', { url: '/api/v1/products?limit=100000' }],
    ['true', { url: '/api/v1/products?limit=true' }],
    ['empty limit', { url: '/api/v1/products?limit=' }],
    ['search bs', { url: '/api/v1/products?search=%5C%25_' }],
    ['search ED', { url: '/api/v1/products?search=%ED%A0%80' }],
    ['auth garbage', { url: '/api/v1/products', headers: { authorization: 'Bearer x' } }],
    ['auth basic', { url: '/api/v1/products', headers: { authorization: 'Basic eDp5' } }],
    ['auth unknown', { url: '/nope', headers: { authorization: 'Bearer x' } }],
    [
      'topup',
      {
        method: 'POST',
        url: '/api/v1/payments/user/top-up',
        headers: user.auth,
        payload: { amount: 5, payment_type: 'top_up' },
      },
    ],
    ['success', { url: '/api/v1/payments/paypal/success?token=x' }],
    ['capture', { method: 'POST', url: '/api/v1/payments/capture/x%27', headers: user.auth }],
    ['google url', { url: '/api/v1/auth/google/url' }],
    ['google cb', { url: '/api/v1/auth/google/callback?code=x&state=y' }],
    [
      'google login',
      { method: 'POST', url: '/api/v1/auth/google/login', payload: { id_token: 'x', account_type: 'user' } },
    ],
    [
      'idem bad',
      {
        method: 'POST',
        url: '/api/v1/generations/generate',
        headers: { ...user.auth, 'idempotency-key': 'x'.repeat(65) },
        payload: { prompt: 'a' },
      },
    ],
    ['media', { url: '/media/x/y' }],
    ['mailbox', { url: '/mailbox' }],
    [
      'huge json',
      {
        method: 'POST',
        url: '/api/v1/generations/generate',
        headers: { ...user.auth },
        payload: { prompt: 'a'.repeat(11_000_000) },
      },
    ],
    ['admin queue', { url: '/api/v1/admin/moderation/queue?skip=1000000&limit=100', headers: admin.auth }],
    ['//', { url: '//evil.kz/%2e%2e' }],
    ['slash', { url: '/api/v1/products/' }],
    ['double', { url: '/api/v1//products' }],
    ['case', { url: '/api/v1/PRODUCTS' }],
    ['neg0', { url: '/api/v1/products?min_price=-0' }],
    ['inf', { url: '/api/v1/products/search?min_price=Infinity' }],
    ['nan', { url: '/api/v1/products/search?min_price=NaN' }],
    ['minmax', { url: '/api/v1/products/search?min_price=5&max_price=1' }],
    ['price 1e-3', { url: '/api/v1/products/search?min_price=0.0001' }],
    ['rating', { url: '/api/v1/products/search?min_rating=1e-320' }],
  ]
  for (const [name, c] of cases) {
    try {
      const r = await app.http.inject(c)
      console.log(
        name,
        '|',
        r.statusCode,
        r.headers['content-type'],
        r.headers['x-request-id'] ? 'id' : 'NOID',
        r.headers['access-control-allow-origin'] ?? '',
        r.headers.vary ?? '',
        r.headers['cache-control'] ?? '',
        r.headers.location ?? '',
        '|',
        r.body.slice(0, 230),
      )
    } catch (e) {
      console.log(name, 'THROWN', e)
    }
  }
  for (const l of app.logs) if (!/http.request/.test(l)) console.log(l.slice(0, 700))
}, 120000)
