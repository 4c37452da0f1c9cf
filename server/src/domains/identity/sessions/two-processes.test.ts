import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, compose } from '#app/compose.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type RedisServer, startRedis } from '#test/redis.ts'
import { type Client, createClient, lastEvent, PASSWORD, tokenOfLink } from '../test-support.ts'

let redis: RedisServer
let one: TestApp
let second: App
let on_one: Client
let on_two: Client

beforeAll(async () => {
  redis = await startRedis()
  one = await startTestApp({ env: { REDIS_URL: redis.url } })
  // The same database and Redis, and nothing else in common: what the first one remembers, this one does not.
  second = await compose(one.config, { roles: ['api'], clock: one.clock, log: one.log })
  const { http } = second
  if (!http) throw new Error('no http')
  await http.ready()
  on_one = createClient(one)
  on_two = createClient({ http })
})
afterAll(async () => {
  await second.close()
  await one.stop()
  await redis.stop()
})

async function person() {
  const email = on_one.newEmail()
  const { body } = await on_one.register({ email })
  const [token, refresh_token] = [String(body.access_token), String(body.refresh_token)]
  // The other process has seen the token, too, and may have kept what it found.
  expect((await on_two.get('/users/me', token)).status).toBe(200)
  return { email, token, refresh_token }
}

test('a refresh token that was stolen and used after its owner logged out is refused by both processes (A-06)', async () => {
  const { token, refresh_token } = await person()
  expect((await on_one.post('/auth/logout', { refresh_token })).status).toBe(200)
  const started = performance.now()
  for (const process of [on_two, on_one]) {
    const refused = await process.refresh(refresh_token)
    expect(refused.status).toBe(401)
    expect(refused.body.code).toBe('token_revoked')
    expect((await process.get('/users/me', token)).status).toBe(401)
  }
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('a refresh token that was replaced by one process and replayed to the other ends the session in both', async () => {
  const { refresh_token } = await person()
  const renewed = (await on_one.refresh(refresh_token)).body
  expect((await on_two.get('/users/me', String(renewed.access_token))).status).toBe(200)
  expect((await on_two.refresh(refresh_token)).status).toBe(401)
  expect((await on_one.refresh(renewed.refresh_token)).status).toBe(401)
  expect((await on_one.get('/users/me', String(renewed.access_token))).status).toBe(401)
})

test('of two processes that get the same refresh token at the same moment one answers with tokens, and they are dead', async () => {
  const { refresh_token } = await person()
  const replies = await Promise.all([on_one.refresh(refresh_token), on_two.refresh(refresh_token)])
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 401])
  const won = replies.find((reply) => reply.status === 200)
  for (const process of [on_one, on_two])
    expect((await process.get('/users/me', String(won?.body.access_token))).status).toBe(401)
})

test('log-out everywhere, a new password, a demotion and a block act at once on the other process (Z-05)', async () => {
  const first = await person()
  await on_one.post('/auth/logout-all', undefined, { token: first.token })
  expect((await on_two.get('/users/me', first.token)).status).toBe(401)

  const forgetful = await person()
  await on_one.post('/auth/password/forgot', { email: forgetful.email })
  const token = tokenOfLink((await lastEvent(one, 'identity.password_reset_requested')).link)
  await on_one.post('/auth/password/reset', { token, password: 'seven blue bicycles' })
  expect((await on_two.get('/users/me', forgetful.token)).status).toBe(401)
  expect(
    (await on_two.login({ email: forgetful.email, password: PASSWORD }, { ip: '10.8.0.1' })).status,
  ).toBe(401)

  const [admin, other] = [await one.given.admin(), await one.given.admin()]
  expect((await on_two.get('/admin/users', other.token)).status).toBe(200)
  const path = `/admin/users/${other.user_id}/role`
  const demoted = await on_one.call('PUT', path, { token: admin.token, payload: { new_role: 'user' } })
  expect(demoted.status).toBe(200)
  expect((await on_two.get('/admin/users', other.token)).status).toBe(401)

  const blocked = await one.given.user()
  expect((await on_two.get('/users/me', blocked.token)).status).toBe(200)
  const reason = 'Sells copies of brands'
  const block = `/admin/users/${blocked.user_id}/block`
  expect((await on_one.post(block, { reason }, { token: admin.token })).status).toBe(200)
  expect((await on_two.get('/users/me', blocked.token)).status).toBe(401)
})

test('guesses at a password are counted together, whichever process and address they come through', async () => {
  const { email } = await person()
  const guesses = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      (i % 2 ? on_one : on_two).login({ email, password: 'wrong password no 1' }, { ip: `10.7.${i}.1` }),
    ),
  )
  const statuses = guesses.map((guess) => guess.status).sort()
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429])
})

test('a socket ticket opens one socket, on whichever process it is shown first', async () => {
  const { token } = await person()
  const ticket = await on_one.post('/auth/ws-ticket', { client_type: 'user' }, { token })
  const redeemed = await Promise.allSettled([
    one.redeemTicket(String(ticket.body.ticket)),
    second.redeemTicket(String(ticket.body.ticket)),
  ])
  expect(redeemed.filter((attempt) => attempt.status === 'fulfilled' && attempt.value !== null)).toHaveLength(
    1,
  )
})

test('while Redis is away signed-in reading goes on and a revoked session stays revoked', {
  timeout: 60_000,
}, async () => {
  const [stays, leaves] = [await person(), await person()]
  await redis.kill()
  try {
    expect((await on_one.post('/auth/logout', { refresh_token: leaves.refresh_token })).status).toBe(200)
    expect((await on_two.get('/users/me', leaves.token)).status).toBe(401)
    expect((await on_two.refresh(leaves.refresh_token)).status).toBe(401)
    expect((await on_two.get('/users/me', stays.token)).status).toBe(200)
  } finally {
    await redis.restart()
  }
})
