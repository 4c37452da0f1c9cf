import { afterAll, beforeAll, expect, test } from 'vitest'
import { compose } from '#app/compose.ts'
import { LIMITS } from '#app/http/limits.ts'
import { inTransaction } from '#infra/db.ts'
import { DAY_MS, MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient, eventsOf } from '../test-support.ts'
import { openSession } from './open-session.ts'

// These tests are about sessions; limits have their own.
const NO_LIMITS = Object.fromEntries(
  Object.keys(LIMITS).map((name) => [name, []]),
) as unknown as typeof LIMITS

let app: TestApp
let other: Awaited<ReturnType<typeof compose>>
let client: Client
let elsewhere: Client

beforeAll(async () => {
  app = await startTestApp()
  // A second process on the same database and keys.
  other = await compose(app.config, { roles: ['api'], clock: app.clock, log: app.log, limits: NO_LIMITS })
  if (!other.http) throw new Error('no http')
  await other.http.ready()
  client = createClient(app)
  elsewhere = createClient({ http: other.http })
})
afterAll(async () => {
  await other.close()
  await app.stop()
})

async function signIn(email = client.newEmail()) {
  const { body } = await client.register({ email })
  return { email, access: String(body.access_token), refresh: String(body.refresh_token) }
}

const endOf = async (token: string) => {
  const { status, body } = await client.get('/users/me', token)
  return [status, body.code]
}

test('refreshing gives a new pair that works; the session stays the same', async () => {
  const { access, refresh } = await signIn()
  const { status, body } = await client.refresh(refresh)
  expect(status).toBe(200)
  expect(Object.keys(body).sort()).toEqual(['access_token', 'refresh_token', 'token_type'])
  expect(body.refresh_token).not.toBe(refresh)
  expect((await client.get('/users/me', String(body.access_token))).status).toBe(200)
  expect((await client.get('/auth/sessions', access)).body).toMatchObject({ 0: { current: true } })
})

test('a refresh token that comes back ends the session: its successor and all access tokens are refused (A-07)', async () => {
  const { access, refresh } = await signIn()
  const next = (await client.refresh(refresh)).body
  const replay = await client.refresh(refresh)
  expect([replay.status, replay.body.code]).toEqual([401, 'token_revoked'])
  expect((await client.refresh(next.refresh_token)).body.code).toBe('token_revoked')
  expect(await endOf(access)).toEqual([401, 'token_revoked'])
  expect(await endOf(String(next.access_token))).toEqual([401, 'token_revoked'])
  expect((await auditOf(app)).at(-1)).toBe('identity.session_revoked')
})

test('two clients with the same refresh token at once on two processes: one wins, and the replay ends the family (A-07)', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { access, refresh } = await signIn()
    const replies = await Promise.all([client.refresh(refresh), elsewhere.refresh(refresh)])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 401])
    const won = replies.find((reply) => reply.status === 200)
    expect((await elsewhere.refresh(won?.body.refresh_token)).status).toBe(401)
    expect(await endOf(access)).toEqual([401, 'token_revoked'])
    expect(await endOf(String(won?.body.access_token))).toEqual([401, 'token_revoked'])
  }
})

test('logging out ends the session at once, access token included, on every process (A-06)', async () => {
  const { access, refresh } = await signIn()
  expect((await elsewhere.get('/users/me', access)).status).toBe(200)
  expect((await client.post('/auth/logout', { refresh_token: refresh })).status).toBe(200)
  expect(await endOf(access)).toEqual([401, 'token_revoked'])
  expect((await elsewhere.get('/users/me', access)).status).toBe(401)
  expect((await elsewhere.refresh(refresh)).body.code).toBe('token_revoked')
  expect((await client.post('/auth/logout', { refresh_token: refresh })).body.code).toBe('token_revoked')
})

test('a stolen refresh token used after its owner logged out is refused on another process (A-06)', async () => {
  const { refresh } = await signIn()
  const stolen = refresh
  await client.post('/auth/logout', { refresh_token: refresh })
  const reply = await elsewhere.refresh(stolen)
  expect([reply.status, reply.body.code]).toEqual([401, 'token_revoked'])
})

test('the sockets of an ended session hear of it, and nobody else does', async () => {
  const { refresh, access } = await signIn()
  const actor = await app.authenticate(access)
  const session_id = actor.kind === 'guest' ? 0 : actor.session_id
  await client.post('/auth/logout', { refresh_token: refresh })
  const row = await app.db
    .selectFrom('infra.outbox_events')
    .select('deliveries')
    .where('name', '=', 'session.revoked')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(row.deliveries).toEqual([{ to: `session:${session_id}`, data: { reason: 'logged_out' } }])
  expect((await eventsOf(app, 'identity.session_revoked')).at(-1)).toMatchObject({ reason: 'logged_out' })
})

test('the list shows the living sessions of the account and can end one of them (A-12)', async () => {
  const { email, access } = await signIn()
  const second = (await client.login({ email, platform: 'mobile' }, { headers: { 'user-agent': 'Phone/2' } }))
    .body
  const list = await client.call('GET', '/auth/sessions', { token: access })
  const items = list.response.json<{ id: string; platform: string; user_agent: string; current: boolean }[]>()
  expect(items.map(({ platform, current }) => ({ platform, current }))).toEqual(
    expect.arrayContaining([
      { platform: 'mobile', current: false },
      { platform: 'web', current: true },
    ]),
  )
  const phone = items.find((item) => item.user_agent === 'Phone/2')
  expect((await client.call('DELETE', `/auth/sessions/${phone?.id}`, { token: access })).status).toBe(200)
  expect(await endOf(String(second.access_token))).toEqual([401, 'token_revoked'])
  expect((await client.get('/users/me', access)).status).toBe(200)
  expect((await client.call('DELETE', `/auth/sessions/${phone?.id}`, { token: access })).status).toBe(404)
})

test('ending all other sessions leaves the one that asked, and nobody else is touched (A-12)', async () => {
  const { email, access } = await signIn()
  const stranger = await signIn()
  const others = await Promise.all([client.login({ email }), client.login({ email, platform: 'mobile' })])
  expect((await client.call('DELETE', '/auth/sessions', { token: access })).status).toBe(200)
  for (const { body } of others) {
    expect(await endOf(String(body.access_token))).toEqual([401, 'token_revoked'])
    expect((await elsewhere.refresh(body.refresh_token)).status).toBe(401)
  }
  expect((await client.get('/users/me', access)).status).toBe(200)
  expect((await elsewhere.get('/users/me', stranger.access)).status).toBe(200)
})

test("another account's session is not found and goes on (A-12)", async () => {
  const [mine, theirs] = [await signIn(), await signIn()]
  const list = await client.call('GET', '/auth/sessions', { token: theirs.access })
  const id = list.response.json<{ id: string }[]>()[0]?.id
  expect((await client.call('DELETE', `/auth/sessions/${id}`, { token: mine.access })).status).toBe(404)
  expect((await client.get('/users/me', theirs.access)).status).toBe(200)
})

test('logging out everywhere ends every session of the account and of nobody else', async () => {
  const [mine, theirs] = [await signIn(), await signIn()]
  const second = (await client.login({ email: mine.email })).body
  expect((await client.post('/auth/logout-all', undefined, { token: mine.access })).status).toBe(200)
  expect(await endOf(mine.access)).toEqual([401, 'token_revoked'])
  expect(await endOf(String(second.access_token))).toEqual([401, 'token_revoked'])
  expect((await client.get('/users/me', theirs.access)).status).toBe(200)
})

test('an access token lives 30 minutes, a refresh token 7 days, a session 90 days however often it is refreshed', async () => {
  const start = app.clock.now()
  const { access, refresh } = await signIn()
  app.clock.advance(30 * MINUTE_MS - 1_000)
  expect((await client.get('/users/me', access)).status).toBe(200)
  app.clock.advance(2_000)
  expect(await endOf(access)).toEqual([401, 'token_expired'])
  let token: unknown = refresh
  for (let day = 6; day < 90; day += 6) {
    app.clock.set(new Date(start.getTime() + day * DAY_MS))
    token = (await client.refresh(token)).body.refresh_token
  }
  expect(token).toEqual(expect.any(String))
  app.clock.set(new Date(start.getTime() + 90 * DAY_MS + 1))
  expect((await client.refresh(token)).body.code).toBe('token_expired')
  const late = await signIn()
  app.clock.advance(7 * DAY_MS + 1_000)
  expect((await client.refresh(late.refresh)).body.code).toBe('token_expired')
  app.clock.set(start)
})

test('a block acts at once on both processes, and the block ends the refresh too', async () => {
  const { email, access, refresh } = await signIn()
  await app.db
    .updateTable('identity.accounts')
    .set({ blocked_at: app.clock.now() })
    .where('email', '=', email)
    .execute()
  expect(await endOf(access)).toEqual([401, 'token_revoked'])
  expect((await elsewhere.get('/users/me', access)).status).toBe(401)
  expect((await elsewhere.refresh(refresh)).body.code).toBe('token_revoked')
})

test('a change of role is noticed at once: the token is refused and cannot be refreshed into the new role', async () => {
  const { email, access, refresh } = await signIn()
  const user_id = (await client.get('/users/me', access)).body.id
  await app.db
    .updateTable('identity.users')
    .set({ role: 'admin' })
    .where('id', '=', Number(user_id))
    .execute()
  expect(await endOf(access)).toEqual([401, 'role_changed'])
  expect((await elsewhere.get('/users/me', access)).body.code).toBe('role_changed')
  expect((await client.refresh(refresh)).status).toBe(401)
  expect((await client.login({ email })).body).toMatchObject({
    two_factor_required: true,
    enrolment_required: true,
  })
})

test('an admin who was made a user again cannot refresh into either role', async () => {
  const admin = await app.given.admin()
  const call = { request_id: 'test', ip: null, user_agent: 'test' }
  const { tokens } = await inTransaction(app.db, (tx) =>
    openSession(tx, app.identity, {
      account_id: admin.account_id,
      account_type: 'user',
      platform: 'web',
      amr: ['pwd', 'otp'],
      call,
    }),
  )
  await app.db.updateTable('identity.users').set({ role: 'user' }).where('id', '=', admin.user_id).execute()
  expect((await client.refresh(tokens.refresh_token)).status).toBe(401)
  expect(await endOf(tokens.access_token)).toEqual([401, 'role_changed'])
})

test('a user token on a shop route and a shop token on a user route are refused with 403', async () => {
  const { access } = await signIn()
  const shop = (await client.register({ email: client.newEmail(), account_type: 'shop' })).body
  expect((await client.get('/shops/me', access)).body.code).toBe('wrong_account_type')
  expect((await client.get('/users/me', String(shop.access_token))).body.code).toBe('wrong_account_type')
  expect((await client.get('/admin/shops/pending', access)).body.code).toBe('admin_only')
})
