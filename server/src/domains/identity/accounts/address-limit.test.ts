import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, createClient } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp({ real_limits: true })
  client = createClient(app)
})
afterAll(() => app.stop())

test('one address gets five tries a minute whatever accounts it names; another address goes on', async () => {
  const tries = []
  for (let i = 0; i < 6; i += 1)
    tries.push(await client.login({ email: client.newEmail() }, { ip: '10.9.0.1' }))
  expect(tries.map((reply) => reply.status)).toEqual([401, 401, 401, 401, 401, 429])
  expect(tries.at(-1)?.body.code).toBe('rate_limited')
  expect(Number(tries.at(-1)?.response.headers['retry-after'])).toBeGreaterThan(0)
  expect((await client.login({ email: client.newEmail() }, { ip: '10.9.0.2' })).status).toBe(401)
})

test('a forged X-Forwarded-For buys no tries', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 6; i += 1) {
    const headers = { 'x-forwarded-for': `1.2.3.${i}` }
    statuses.push((await client.login({ email: client.newEmail() }, { ip: '10.9.0.3', headers })).status)
  }
  expect(statuses.at(-1)).toBe(429)
})

test('refreshing has its own, wider limit: 30 a minute', async () => {
  const replies = await Promise.all(
    Array.from({ length: 33 }, () =>
      client.call('POST', '/auth/refresh', { payload: { refresh_token: 'x' }, ip: '10.9.0.4' }),
    ),
  )
  const statuses = replies.map((reply) => reply.status)
  expect([
    statuses.filter((status) => status === 401).length,
    statuses.filter((status) => status === 429).length,
  ]).toEqual([30, 3])
})
