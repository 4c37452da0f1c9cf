import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOCALES } from '#kernel/locale.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { expectProblem } from './problems.ts'
import { createWorld, nameOf, type Operation, operationsOf, outcomeOf, type World } from './world.ts'

let app: TestApp
let world: World
let operations: Operation[]
let origin: string

beforeAll(async () => {
  app = await startTestApp({ roles: ['api', 'realtime'] })
  origin = await app.http.listen({ host: '127.0.0.1', port: 0 })
  world = await createWorld(app)
  operations = operationsOf(app)
})
afterAll(() => app.stop())

const accessOf = ({ about }: Operation) => ('x-access' in about ? String(about['x-access']) : '')
/** A caller who gets past the guard of the operation. */
const admitted = (operation: Operation): Promise<Record<string, string>> => {
  const access = accessOf(operation)
  return world.authOf(
    access === 'admin' ? 'admin' : access === 'shop' ? 'shop' : access === 'guest' ? 'guest' : 'user',
  )
}
const send = (operation: Operation, headers: Record<string, string>, params = '999999', payload?: object) =>
  app.http.inject({
    method: operation.method,
    url: operation.path.replace(/\{\w+\}/g, params),
    headers,
    ...(payload ? { payload } : {}),
  })

describe.each(LOCALES)('in %s', (locale) => {
  const language = { 'accept-language': locale }

  test('every route that is not for guests refuses them with a complete 401', async () => {
    const closed = operations.filter((operation) => accessOf(operation) !== 'guest')
    expect(closed.length).toBeGreaterThan(30)
    for (const operation of closed) {
      const response = await send(operation, language)
      const { code } = expectProblem(response, { locale, about: nameOf(operation) })
      expect([response.statusCode, code]).toEqual([401, 'not_authenticated'])
      expect(response.headers['www-authenticate']).toBe('Bearer')
    }
  })

  test('every route with a body refuses one with unknown members, field by field', async () => {
    const strict = operations.filter(
      ({ path, about }) => about.requestBody?.content['application/json'] && !path.endsWith('/webhook'),
    )
    expect(strict.length).toBeGreaterThan(20)
    for (const operation of strict) {
      const response = await send(operation, { ...(await admitted(operation)), ...language }, '1', { zzz: 1 })
      const { code, errors } = expectProblem(response, { locale, about: nameOf(operation) })
      expect([response.statusCode, code], nameOf(operation)).toEqual([422, 'validation_failed'])
      expect(errors, nameOf(operation)).not.toEqual([])
    }
  })

  test('every object that is not there is a complete 404', async () => {
    const reading = operations.filter(
      ({ method, path }) => (method === 'GET' || method === 'DELETE') && path.includes('{'),
    )
    expect(reading.length).toBeGreaterThan(8)
    for (const operation of reading) {
      const headers = { ...(await admitted(operation)), ...language }
      // An admin says why, whoever it is about.
      const payload = operation.about.requestBody ? { reason: 'Asked for by letter' } : undefined
      const response = await send(operation, headers, '999999', payload)
      const { code } = expectProblem(response, { locale, about: nameOf(operation) })
      expect([response.statusCode, code], nameOf(operation)).toEqual([404, 'not_found'])
    }
  })

  test.each([
    '/nope',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/api/v2/products',
    '/api/v1/admin',
    '/api/v1/auth/test-token',
    '/api/v1/shops/me/debug-update',
    '/api/v1//products',
    '/ws',
    '/media/none/320.webp',
    '/assets/none.js',
  ])('%s is a complete 404, for every method', async (url) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const response = await app.http.inject({ method, url, headers: language })
      expectProblem(response, { locale, about: `${method} ${url}` })
      expect(response.statusCode).toBe(404)
    }
  })
})

test.each([
  ['not given', undefined, 'ru'],
  ['of no language of ours', 'de', 'ru'],
  ['any', '*', 'ru'],
  ['of a region', 'kk-KZ', 'kk'],
  ['with weights', 'de, en;q=0.8, kk;q=0.9', 'kk'],
  ['with a weight of nothing', 'kk;q=0, en;q=0.1', 'en'],
  ['broken', ';;;q=,,,', 'ru'],
  ['of 9 kB', 'x'.repeat(9_000), 'ru'],
] as const)('Accept-Language %s is answered in the best language', async (_what, accepted, locale) => {
  const headers = accepted === undefined ? {} : { 'accept-language': accepted }
  expectProblem(await app.http.inject({ url: '/api/v1/users/me', headers }), { locale })
})

test('a bug answers a bare 500: no SQL, no table, no stack; the log has it under the same request id', async () => {
  const owner = new pg.Client({ connectionString: app.owner_url })
  await owner.connect()
  await owner.query('alter table catalog.categories rename to gone')
  const response = await app.http.inject({ url: '/api/v1/categories', headers: { 'accept-language': 'en' } })
  await owner.query('alter table catalog.gone rename to categories')
  await owner.end()
  const { code } = expectProblem(response, { locale: 'en' })
  expect([response.statusCode, code]).toEqual([500, 'internal'])
  const lines = app.logs.filter((line) => line.includes(String(response.headers['x-request-id'])))
  expect(lines.some((line) => line.includes('http.bug') && line.includes('catalog.categories'))).toBe(true)
})

test('a client cannot choose the request id', async () => {
  const response = await app.http.inject({
    url: '/nope',
    headers: { 'x-request-id': 'mine', 'request-id': 'mine' },
  })
  expect(response.headers['x-request-id']).not.toBe('mine')
  expectProblem(response)
})

describe('both spellings, with and without a trailing slash', () => {
  test('every address without an id answers the same on both, without a redirect', async () => {
    const lists = operations.filter(
      ({ method, path }) =>
        method === 'GET' && !path.includes('{') && !/google|apple|paypal|ready|export/.test(path),
    )
    expect(lists.length).toBeGreaterThan(15)
    for (const operation of lists) {
      const headers = await admitted(operation)
      const [plain, slashed] = await Promise.all(
        [operation.path, `${operation.path}/`].map((url) => app.http.inject({ url, headers })),
      )
      expect([plain?.statusCode, slashed?.statusCode], operation.path).toEqual([200, 200])
      expect(slashed?.json(), operation.path).toEqual(plain?.json())
    }
  })

  test.each(['/api/v1/products', '/api/v1/products/', '/api/v1/products?', '/api/v1/products/?'])(
    'a card is put up at %s',
    async (url) => {
      const payload = { name: 'Dress', price: 10 }
      const response = await app.http.inject({ method: 'POST', url, headers: world.shop.auth, payload })
      expect(outcomeOf(response)).toBe('201')
    },
  )

  test('every other operation is found on both', async () => {
    for (const operation of operations.filter(({ method }) => method !== 'GET')) {
      const slashed = { ...operation, path: `${operation.path}/` }
      const answers = [await send(operation, {}), await send(slashed, {})].map(outcomeOf)
      expect(answers[1], nameOf(operation)).toBe(answers[0])
      expect(answers[0], nameOf(operation)).not.toMatch(/^(404|3)/)
    }
  })
})

describe('what is no HTTP', () => {
  const answerTo = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(text))
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString()
      })
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
    })

  test.each([
    ['a line that is none', 400, 'HELLO\r\n\r\n'],
    ['NUL in a header', 400, 'GET / HTTP/1.1\r\nhost: a\r\nx-a: \u0000\r\n\r\n'],
    [
      'two lengths',
      400,
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    ],
    [
      'length and chunks',
      400,
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['headers of 40 kB', 431, `GET / HTTP/1.1\r\nhost: a\r\nx-a: ${'x'.repeat(40_000)}\r\n\r\n`],
  ])('%s: %i, a problem', async (_what, status, text) => {
    const [head = '', body = ''] = (await answerTo(text)).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toContain('application/problem+json')
    const problem = JSON.parse(body)
    expect(problem).toMatchObject({ status, code: 'bad_request', detail: 'Запрос не удалось разобрать' })
    expect(head).toContain(`X-Request-Id: ${problem.request_id}`)
  })

  test.each([
    ['/nope', 'websocket', 404],
    ['/api/v1/users/me', 'websocket', 401],
    ['/api/v1/products', 'h2c', 200],
    ['/%zz', 'websocket', 400],
    ['/health', 'something', 200],
  ])('%s, asked for as %s: %i, and the connection does not stay open', async (path, protocol, status) => {
    const key = 'sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'
    const answer = await answerTo(
      `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: ${protocol}\r\n${key}\r\n`,
    )
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    const open = await new Promise((resolve) =>
      app.http.server.getConnections((_error, count) => resolve(count)),
    )
    expect(open).toBe(0)
  })
})
