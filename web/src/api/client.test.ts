import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { session } from './browser-session.ts'
import { answer, send } from './client.ts'

const HOST = 'http://leema.test'
type Seen = { path: string; method: string; headers: Headers; body: string }
type Answers = Record<string, (seen: Seen, nth: number) => Response>

/** Plays the server by path; what is not foreseen fails the test. */
function server(answers: Answers): Seen[] {
  const requests: Seen[] = []
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = new Request(typeof input === 'string' ? HOST + input : input, init)
    const path = new URL(request.url).pathname.replace('/api/v1', '')
    const seen = { path, method: request.method, headers: request.headers, body: await request.text() }
    requests.push(seen)
    const answerTo = answers[path]
    if (!answerTo) throw new Error(`nobody answers ${path}`)
    return answerTo(seen, requests.filter((one) => one.path === path).length)
  })
  return requests
}

const problem = (status: number, code: string) => Response.json({ code }, { status })
const handed = (csrf_token: string) =>
  ({ token_type: 'bearer', csrf_token, session_id: 's1', expires_in: 1_800 }) as const
const change = (body = '{"name":"Aida"}') =>
  send(new Request(`${HOST}/api/v1/users/me`, { method: 'PUT', body }))

beforeEach(() => session.start(handed('one'), 'user'))
afterEach(() => {
  session.end()
  vi.unstubAllGlobals()
})

test('a request says that it wants cookies and shows no token; only a change shows the CSRF token', async () => {
  const requests = server({ '/users/me': () => Response.json({}) })
  await change()
  await send(new Request(`${HOST}/api/v1/users/me`))
  expect(requests.map(({ headers }) => headers.get('x-csrf-token'))).toEqual(['one', null])
  for (const { headers } of requests) {
    expect(headers.get('x-client-session')).toBe('cookie')
    expect(headers.get('authorization')).toBeNull()
  }
})

test('a guest’s change shows no CSRF token', async () => {
  session.end()
  const requests = server({ '/users/me': () => problem(401, 'not_authenticated') })
  expect((await change()).status).toBe(401)
  expect(requests.map(({ headers }) => headers.get('x-csrf-token'))).toEqual([null])
})

test('when the access cookie has died the session is renewed and the change repeated with its body', async () => {
  const requests = server({
    '/users/me': (_seen, nth) => (nth === 1 ? problem(401, 'token_expired') : Response.json({})),
    '/auth/refresh': () => Response.json(handed('two')),
  })
  expect((await change()).status).toBe(200)
  expect(requests.map(({ path, headers, body }) => [path, headers.get('x-csrf-token'), body])).toEqual([
    ['/users/me', 'one', '{"name":"Aida"}'],
    ['/auth/refresh', null, ''],
    ['/users/me', 'two', '{"name":"Aida"}'],
  ])
})

test('a change refused for its CSRF token is repeated once with a fresh one', async () => {
  const requests = server({
    '/users/me': ({ headers }) =>
      headers.get('x-csrf-token') === 'fresh' ? Response.json({}) : problem(403, 'csrf_failed'),
    '/auth/csrf': () => Response.json({ csrf_token: 'fresh', session_id: 's1' }),
  })
  expect((await change()).status).toBe(200)
  expect(requests.map(({ path }) => path)).toEqual(['/users/me', '/auth/csrf', '/users/me'])
})

test('when the browser holds the cookies of another session, the change is not repeated in it', async () => {
  const requests = server({
    '/users/me': () => problem(403, 'csrf_failed'),
    '/auth/csrf': () => Response.json({ csrf_token: 'of somebody else', session_id: 's2' }),
  })
  expect((await (await change()).json()).code).toBe('csrf_failed')
  expect(requests.map(({ path }) => path)).toEqual(['/users/me', '/auth/csrf'])
})

test('a refused renewal gives the first answer and signs the page out', async () => {
  const requests = server({
    '/users/me': () => problem(401, 'token_revoked'),
    '/auth/refresh': () => problem(401, 'token_revoked'),
  })
  expect((await change()).status).toBe(401)
  expect(session.accountType()).toBeNull()
  expect(requests.map(({ path }) => path)).toEqual(['/users/me', '/auth/refresh'])
})

test('without a connection the renewal fails as the request does, and nobody is signed out', async () => {
  server({
    '/users/me': () => problem(401, 'token_expired'),
    '/auth/refresh': () => {
      throw new TypeError('no network')
    },
  })
  const given = change().then((response) => ({ response, data: {} }))
  await expect(answer(given)).rejects.toMatchObject({ status: 0, code: 'network' })
  expect(session.accountType()).toBe('user')
})

test('an answer without cookies is not taken for a sign-in', () => {
  expect(() => session.start({ token_type: 'bearer' }, 'shop')).toThrow(TypeError)
  expect(session.accountType()).toBe('user')
})
