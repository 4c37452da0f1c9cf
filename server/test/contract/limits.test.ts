import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { networkOf } from '#app/http/limits.ts'
import type { Locale } from '#kernel/locale.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { expectProblem } from './problems.ts'

/** Two processes of one installation, and a third behind a proxy that it trusts. */
let one: TestApp
let two: TestApp
let proxied: TestApp

beforeAll(async () => {
  one = await startTestApp({ real_limits: true })
  two = await startTestApp({ real_limits: true, beside: one })
  proxied = await startTestApp({ real_limits: true, beside: one, env: { TRUSTED_PROXIES: '10.0.0.0/8' } })
})
afterAll(async () => {
  await proxied?.stop()
  await two?.stop()
  await one?.stop()
})

/** An address that no test has used. */
let address: string
let used = 0
beforeEach(() => {
  used += 1
  address = `198.51.100.${used}`
})

const processes = () => [one, two]
const processOf = (index: number): TestApp => (index % 2 === 0 ? one : two)
const statuses = (answers: LightMyRequestResponse[]) => {
  const counted: Record<number, number> = {}
  for (const { statusCode } of answers) counted[statusCode] = (counted[statusCode] ?? 0) + 1
  return counted
}

function expectLimited(
  response: LightMyRequestResponse,
  limit: number,
  window_s: number,
  locale: Locale,
): void {
  const { status, code, detail } = expectProblem(response, { locale })
  expect([status, code]).toEqual([429, 'rate_limited'])
  const wait_s = Number(response.headers['retry-after'])
  expect(wait_s).toBeGreaterThan(0)
  expect(wait_s).toBeLessThanOrEqual(window_s)
  expect(detail).toContain(String(wait_s))
  expect(response.headers).toMatchObject({
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(wait_s),
  })
}

type Try = { app?: TestApp; from?: string; forwarded?: string; email?: string; locale?: Locale }
const login = ({ app = one, from = address, forwarded, email, locale = 'ru' }: Try) =>
  app.http.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    remoteAddress: from,
    headers: { 'accept-language': locale, ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) },
    payload: {
      email: email ?? `${randomUUID()}@example.com`,
      password: 'wrong horse battery',
      account_type: 'user',
      platform: 'web',
    },
  })
const logins = (tries: Try[]) => Promise.all(tries.map(login))
const six = (make: (index: number) => Try) => logins(Array.from({ length: 6 }, (_, index) => make(index)))

describe('signing in: 5 a minute', () => {
  test('the sixth is refused, with the time to wait in the caller’s language; another address goes on (A-04)', async () => {
    const answers = await logins(Array.from({ length: 5 }, () => ({})))
    expect(statuses(answers)).toEqual({ 401: 5 })
    expect(answers.map(({ headers }) => headers['ratelimit-limit'])).toEqual(Array(5).fill('5'))
    expect(answers.map(({ headers }) => Number(headers['ratelimit-remaining'])).toSorted()).toEqual([
      0, 1, 2, 3, 4,
    ])
    for (const locale of ['ru', 'kk', 'en'] as const) expectLimited(await login({ locale }), 5, 60, locale)
    expect((await login({ from: `${address}0` })).statusCode).toBe(401)
  })

  test('spread over two processes it is the same five', async () => {
    expect(statuses(await six((index) => ({ app: processOf(index) })))).toEqual({ 401: 5, 429: 1 })
    for (const app of processes()) expectLimited(await login({ app }), 5, 60, 'ru')
  })

  test('one account is guessed at five times a minute, from however many addresses and processes (A-04)', async () => {
    const email = `${randomUUID()}@example.com`
    const answers = await six((index) => ({ app: processOf(index), from: `203.0.113.${index}`, email }))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 })
    const refused = answers.find(({ statusCode }) => statusCode === 429)
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('other ways in use up the same five', async () => {
    const send = (path: string, payload: object) =>
      one.http.inject({ method: 'POST', url: `/api/v1/auth/${path}`, remoteAddress: address, payload })
    const answers = [
      await login({}),
      await send('2fa/verify', { pre_auth_token: 'forged', code: '000000' }),
      await send('password/reset', { token: 'forged', password: 'six green umbrellas' }),
      await send('email/verify', { token: 'forged' }),
      await send('exchange', { login_code: 'forged' }),
      await send('password/forgot', { email: `${randomUUID()}@example.com` }),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 400, 400, 401, 429])
  })

  test('a token that is wrong costs its address, too, and the refusal says when to come again', async () => {
    const guess = () =>
      one.http.inject({
        url: '/api/v1/products',
        remoteAddress: address,
        headers: { authorization: `Bearer ${randomUUID()}` },
      })
    const answers = await Promise.all(Array.from({ length: 100 }, guess))
    expect(statuses(answers)).toEqual({ 401: 100 })
    expectLimited(await guess(), 100, 60, 'ru')
  })
})

describe('X-Forwarded-For', () => {
  test('without trusted proxies it buys nothing (W-09)', async () => {
    const answers = await six((index) => ({ forwarded: `192.0.2.${index}` }))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 })
  })

  test('behind a trusted proxy the real clients are counted, each for itself', async () => {
    const behind = { app: proxied, from: '10.1.2.3' }
    const answers = await six((index) => ({ ...behind, forwarded: `192.0.2.${10 + index}` }))
    expect(statuses(answers)).toEqual({ 401: 6 })
    const client = await six(() => ({ ...behind, forwarded: address }))
    expect(statuses(client)).toEqual({ 401: 5, 429: 1 })
  })

  test('behind a trusted proxy what the client itself wrote into it buys nothing (W-09)', async () => {
    const answers = await six((index) => ({
      app: proxied,
      from: '10.1.2.3',
      forwarded: `192.0.2.${30 + index}, ${address}`,
    }))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 })
  })

  test('it is not believed from anybody but the proxy', async () => {
    const answers = await six((index) => ({ app: proxied, forwarded: `192.0.2.${50 + index}` }))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 })
  })
})

describe('IPv6', () => {
  test('the addresses of one customer count together', async () => {
    const answers = await six((index) => ({ from: `2001:db8::${index + 1}` }))
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 })
    expect((await login({ from: '2001:db8:0:1::1' })).statusCode).toBe(401)
  })

  test.each([
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:00a0::', '2001:db8:a0:0::/64'],
    ['2001:db8:a:b:c:d:e:f', '2001:db8:a:b::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '192.0.2.1'],
  ])('%s counts as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

describe('generations: 20 an hour', () => {
  test('the 21st is refused on both processes; nothing is charged or queued for it', async () => {
    const user = await one.given.user({ balance: 100_000 })
    const generate = (app: TestApp) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/generations/generate',
        remoteAddress: address,
        headers: user.auth,
        payload: { prompt: 'red dress' },
      })
    const answers = await Promise.all(Array.from({ length: 24 }, (_, index) => generate(processOf(index))))
    expect(statuses(answers)).toEqual({ 202: 20, 429: 4 })
    for (const app of processes()) expectLimited(await generate(app), 20, 3_600, 'ru')
    const rows = await one.db
      .selectFrom('studio.generations')
      .select('id')
      .where('user_id', '=', user.user_id)
      .execute()
    expect(rows).toHaveLength(20)
  })
})

describe('public reads: 100 a minute', () => {
  const read = (app: TestApp, headers: Record<string, string> = {}) =>
    app.http.inject({ url: '/api/v1/products', remoteAddress: address, headers })

  test('the 101st is refused, spread over two processes, too; pages of one kind share the number', async () => {
    const answers = await Promise.all(Array.from({ length: 110 }, (_, index) => read(processOf(index))))
    expect(statuses(answers)).toEqual({ 200: 100, 429: 10 })
    for (const app of processes()) expectLimited(await read(app), 100, 60, 'ru')
    const categories = await one.http.inject({ url: '/api/v1/categories', remoteAddress: address })
    expect(categories.statusCode).toBe(429)
  })

  test('who is signed in has a number of his own', async () => {
    const user = await one.given.user()
    const answers = await Promise.all(Array.from({ length: 101 }, () => read(one)))
    expect(statuses(answers)).toEqual({ 200: 100, 429: 1 })
    expect((await read(one, user.auth)).statusCode).toBe(200)
  })
})

test('probes are never refused', async () => {
  const probe = () => one.http.inject({ url: '/health', remoteAddress: address })
  const answers = await Promise.all(Array.from({ length: 150 }, probe))
  expect(statuses(answers)).toEqual({ 200: 150 })
})
