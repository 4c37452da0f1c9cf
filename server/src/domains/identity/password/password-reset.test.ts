import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, createClient, eventsOf, lastEvent, PASSWORD, tokenOfLink } from '../test-support.ts'

let app: TestApp
let client: Client
const NEW_PASSWORD = 'seven green bicycles'

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

async function person() {
  const email = client.newEmail()
  const { body } = await client.register({ email })
  return { email, access: String(body.access_token), refresh: String(body.refresh_token) }
}
async function forget(email: string) {
  const reply = await client.post('/auth/password/forgot', { email })
  return { ...reply, token: tokenOfLink((await lastEvent(app, 'identity.password_reset_requested')).link) }
}
const reset = (token: string, password = NEW_PASSWORD) =>
  client.post('/auth/password/reset', { token, password })

test('a mailed link sets a new password once, ends all sessions, verifies the address and tells the owner', async () => {
  const { email, access, refresh } = await person()
  const { token } = await forget(email)
  expect((await reset(token)).status).toBe(200)
  expect((await client.get('/users/me', access)).body.code).toBe('token_revoked')
  expect((await client.refresh(refresh)).body.code).toBe('token_revoked')
  expect((await client.login({ email })).status).toBe(401)
  const { status, body } = await client.login({ email, password: NEW_PASSWORD })
  expect([status, body.user]).toEqual([200, expect.objectContaining({ email_verified: true })])
  expect(await lastEvent(app, 'identity.password_changed')).toMatchObject({ email })
  expect((await reset(token, 'nine yellow submarines')).body).toMatchObject({
    status: 400,
    code: 'bad_request',
  })
})

test('a known and an unknown address get the same answer in the same time (A-05)', async () => {
  const { email } = await person()
  const known = await client.post('/auth/password/forgot', { email })
  const mails = (await eventsOf(app, 'identity.password_reset_requested')).length
  const unknown = await client.post('/auth/password/forgot', { email: 'nobody-here@example.com' })
  expect(unknown.body).toEqual(known.body)
  expect([known.status, unknown.status]).toEqual([202, 202])
  expect((await eventsOf(app, 'identity.password_reset_requested')).length).toBe(mails)
  const people = await Promise.all(Array.from({ length: 15 }, person))
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  for (const [i, { email: address }] of people.entries()) {
    for (const kind of ['known', 'unknown'] as const) {
      const started = performance.now()
      await client.post('/auth/password/forgot', {
        email: kind === 'known' ? address : `nobody-${i}@example.com`,
      })
      times[kind].push(performance.now() - started)
    }
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
  expect(Math.abs(median(times.known) - median(times.unknown)) / median(times.known)).toBeLessThan(0.1)
})

test('a link is refused after 30 minutes, and an older link as soon as there is a newer one', async () => {
  const { email } = await person()
  const first = await forget(email)
  const second = await forget(email)
  expect((await reset(first.token)).status).toBe(400)
  const start = app.clock.now()
  app.clock.advance(30 * MINUTE_MS)
  expect((await reset(second.token)).status).toBe(400)
  app.clock.set(start)
  expect((await client.login({ email })).status).toBe(200)
})

test('of five resets with one link at the same time one wins', async () => {
  const { email } = await person()
  const { token } = await forget(email)
  const replies = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((letter) => reset(token, `${NEW_PASSWORD} ${letter}`)),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 400, 400, 400, 400])
})

test('a weak password is refused and the link still works afterwards', async () => {
  const { email } = await person()
  const { token } = await forget(email)
  expect((await reset(token, 'passwordpassword')).body).toMatchObject({
    status: 422,
    errors: [{ code: 'password_breached' }],
  })
  expect((await reset(token)).status).toBe(200)
})

test('guessing at reset links is refused', async () => {
  for (const token of ['x', 'A'.repeat(43), '123456']) expect((await reset(token)).status).toBe(400)
})

test('more than three mails a minute to one address are refused, whoever asks', async () => {
  const { email } = await person()
  const replies = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      client.post('/auth/password/forgot', { email }, { ip: `10.2.0.${i}` }),
    ),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([202, 202, 202, 429, 429, 429])
})

test('changing the password needs the present one, keeps this session and ends the others (A-11)', async () => {
  const { email, access } = await person()
  const other = (await client.login({ email })).body
  const change = (current_password: string) =>
    client.post('/auth/password/change', { current_password, password: NEW_PASSWORD }, { token: access })
  expect((await change('not my password')).body).toMatchObject({ status: 401, code: 'invalid_credentials' })
  expect((await client.get('/users/me', String(other.access_token))).status).toBe(200)
  expect((await change(PASSWORD)).status).toBe(200)
  expect((await client.get('/users/me', access)).status).toBe(200)
  expect((await client.get('/users/me', String(other.access_token))).body.code).toBe('token_revoked')
  expect((await client.login({ email, password: NEW_PASSWORD })).status).toBe(200)
  expect(await lastEvent(app, 'identity.password_changed')).toMatchObject({ email })
})

test('a sign-in that races with a change of password leaves no session of the old one', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { email, access } = await person()
    app.clock.advance(1_000)
    const [, ...logins] = await Promise.all([
      client.post(
        '/auth/password/change',
        { current_password: PASSWORD, password: NEW_PASSWORD },
        { token: access },
      ),
      client.login({ email }),
      client.login({ email }),
    ])
    for (const { status, body } of logins) {
      if (status === 200) expect((await client.get('/users/me', String(body.access_token))).status).toBe(401)
    }
  }
})
