import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { BODIES } from './bad-bodies.ts'
import { FILES } from './bad-files.ts'
import { PATHS } from './bad-paths.ts'
import { PROMPTS, SETTINGS, WRONG_VALUES } from './bad-values.ts'
import { languageOf } from './problems.ts'
import { type At, type Case, furnish, post, refusalOf, type Sent } from './refusals.ts'
import { everythingStored } from './world.ts'

let app: TestApp
let at: At

beforeAll(async () => {
  app = await startTestApp()
  at = await furnish(app)
})
afterAll(() => app.stop())

const bearer = (token: string): Sent => ({
  ...post('guest', '/generations/generate', { prompt: 'coat' }),
  headers: { authorization: `Bearer ${token}` },
})

const TOKENS: Case[] = [
  ['none', '401 not_authenticated', () => post('guest', '/generations/generate', { prompt: 'coat' })],
  ['garbage', '401 not_authenticated', () => bearer('garbage')],
  [
    'another scheme',
    '401 not_authenticated',
    () => ({ ...bearer(''), headers: { authorization: 'Basic YTpi' } }),
  ],
  ['an empty one', '401 not_authenticated', () => ({ ...bearer(''), headers: { authorization: '' } })],
  ['one of 20 kB', '401 not_authenticated', () => bearer('x'.repeat(20_000))],
  [
    'one with a letter changed',
    '401 not_authenticated',
    (at) => bearer(at.world.user.token.replace(/.(?=.{20}$)/, (c) => (c === 'A' ? 'B' : 'A'))),
  ],
  [
    'a refresh token',
    '401 not_authenticated',
    async (at) => bearer((await at.world.sessionOf('user')).refresh_token),
  ],
  [
    'that of an admin without the second factor',
    '401 two_factor_required',
    async (at) => ({
      who: 'guest',
      url: '/products',
      headers: await at.world.authOf('admin_without_second_factor'),
    }),
  ],
]

describe.each([
  ['wrong types and values', WRONG_VALUES],
  ['prompts', PROMPTS],
  ['settings and approvals', SETTINGS],
  ['bodies that are no honest JSON', BODIES],
  ['ids, paths and pages', PATHS],
  ['files', FILES],
  ['tokens', TOKENS],
])('%s', (_title, cases) => {
  test.each(
    cases.map(([what, expected, sent], index) => ({ what, expected, sent, locale: languageOf(index) })),
  )('$what: $expected ($locale), and nothing is written', async ({ expected, sent, locale }) => {
    const what = await sent(at)
    const before = await everythingStored(app)
    expect(await refusalOf(at, what, locale)).toBe(expected)
    expect(await everythingStored(app)).toEqual(before)
  })
})

test('an expired token: 401 token_expired, also where guests may come; signing in does not look at it', async () => {
  const auth = await at.world.authOf('user')
  app.clock.advance(31 * 60_000)
  const before = await everythingStored(app)
  expect(await refusalOf(at, { ...bearer(''), headers: auth }, 'kk')).toBe('401 token_expired')
  expect(await refusalOf(at, { who: 'guest', url: '/products', headers: auth }, 'en')).toBe(
    '401 token_expired',
  )
  expect(await everythingStored(app)).toEqual(before)
  const { refresh_token } = await at.world.sessionOf('user')
  const url = '/api/v1/auth/refresh'
  const renewed = await app.http.inject({ method: 'POST', url, headers: auth, payload: { refresh_token } })
  app.clock.advance(-31 * 60_000)
  expect(renewed.statusCode).toBe(200)
})

test('after all of it the next request is as usual: nothing was polluted', async () => {
  expect(Object.keys(Object.prototype)).toEqual([])
  const plain: { role?: string; isAdmin?: boolean } = {}
  expect([plain.role, plain.isAdmin]).toEqual([undefined, undefined])
  const response = await app.http.inject({ url: '/api/v1/users/me', headers: at.world.user.auth })
  expect(response.json()).toMatchObject({ name: 'Aida', role: 'user' })
})
