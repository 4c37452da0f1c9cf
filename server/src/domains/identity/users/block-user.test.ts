import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { type Client, createClient, eventsOf, PASSWORD } from '../test-support.ts'

let app: TestApp
let client: Client
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
  admin = await app.given.admin()
})
afterAll(() => app.stop())

const REASON = 'Sells copies of other people’s photos'
const block = (user_id: number, by = admin, reason = REASON) =>
  client.post(`/admin/users/${user_id}/block`, { reason }, { token: by.token })
const unblock = (user_id: number, by = admin) =>
  client.post(`/admin/users/${user_id}/unblock`, undefined, { token: by.token })
const stateOf = async (user: { account_id: number }) =>
  app.db
    .selectFrom('identity.accounts')
    .select(['blocked_at', 'blocked_by', 'block_reason'])
    .where('id', '=', user.account_id)
    .executeTakeFirstOrThrow()
const FREE = { blocked_at: null, blocked_by: null, block_reason: null }

async function signedUp() {
  const email = client.newEmail()
  const { body } = await client.register({ email })
  const user = body.user as { id: number }
  const account = await app.db
    .selectFrom('identity.users')
    .select('account_id')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow()
  return {
    email,
    user_id: user.id,
    account_id: account.account_id,
    token: String(body.access_token),
    refresh_token: body.refresh_token,
  }
}

test('a block ends every session at once, refuses each way back in with the one wording, and is on record', async () => {
  const person = await signedUp()
  const pre = await client.post('/auth/password/forgot', { email: person.email })
  expect(pre.status).toBe(202)
  const { status, body } = await block(person.user_id)
  expect([status, body]).toEqual([
    200,
    { message: 'Аккаунт заблокирован, сеансы завершены', user_id: person.user_id },
  ])
  expect(await stateOf(person)).toEqual({
    blocked_at: app.clock.now(),
    blocked_by: admin.user_id,
    block_reason: REASON,
  })
  expect((await client.get('/users/me', person.token)).body.code).toBe('token_revoked')
  expect((await client.refresh(person.refresh_token)).status).toBe(401)
  const refused = await client.login({ email: person.email, password: PASSWORD }, { ip: '10.1.0.1' })
  const unknown = await client.login({ email: client.newEmail() }, { ip: '10.1.0.2' })
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
    401,
    unknown.body.code,
    unknown.body.detail,
  ])

  const row = await app.db
    .selectFrom('audit.logs')
    .select(['user_id', 'entity_id', 'old_values', 'new_values'])
    .where('action', '=', 'identity.user_blocked')
    .executeTakeFirstOrThrow()
  expect(row).toEqual({
    user_id: admin.user_id,
    entity_id: person.user_id,
    old_values: { is_blocked: false },
    new_values: { is_blocked: true, reason: REASON },
  })
  expect((await eventsOf(app, 'identity.account_blocked')).at(-1)).toEqual({
    account_id: person.account_id,
    email: person.email,
    locale: 'ru',
    reason: REASON,
  })
})

test('a blocked person is in the list and the page of the admin with the reason, and is found by it', async () => {
  const person = await signedUp()
  await block(person.user_id)
  const page = await client.get(`/admin/users/${person.user_id}`, admin.token)
  expect(page.body).toMatchObject({ is_blocked: true, block_reason: REASON })
  expect(page.body.blocked_at).toBe(app.clock.now().toISOString())
  const idsOf = async (query: string) =>
    ((await client.get(`/admin/users/all${query}`, admin.token)).body.users as { id: number }[]).map(
      ({ id }) => id,
    )
  expect(await idsOf(`?is_blocked=true&query=${person.email}`)).toEqual([person.user_id])
  expect(await idsOf(`?is_blocked=false&query=${person.email}`)).toEqual([])
})

test('lifting a block lets the person sign in again; the old sessions stay dead', async () => {
  const person = await signedUp()
  await block(person.user_id)
  const { status, body } = await unblock(person.user_id)
  expect([status, body.message]).toEqual([200, 'Аккаунт разблокирован'])
  expect(await stateOf(person)).toEqual(FREE)
  expect((await client.get('/users/me', person.token)).status).toBe(401)
  const back = await client.login({ email: person.email, password: PASSWORD }, { ip: '10.1.0.3' })
  expect(back.status).toBe(200)
  expect((await eventsOf(app, 'identity.account_unblocked')).at(-1)).toMatchObject({ email: person.email })
})

test('the shop profile of a blocked account is shut out with it', async () => {
  const person = await signedUp()
  await app.db
    .updateTable('identity.accounts')
    .set({ email_verified_at: app.clock.now() })
    .where('id', '=', person.account_id)
    .execute()
  const shop = await client.post('/auth/user/get-or-create-shop', undefined, { token: person.token })
  expect(shop.status).toBe(200)
  await block(person.user_id)
  expect((await client.get('/shops/me', String(shop.body.access_token))).status).toBe(401)
})

test('oneself, an unknown person, a blocked and a free one are refused and nothing changes', async () => {
  const person = await signedUp()
  expect((await block(admin.user_id)).body.code).toBe('invalid_state')
  expect((await client.get('/users/me', admin.token)).status).toBe(200)
  expect((await block(999_999)).status).toBe(404)
  expect((await unblock(person.user_id)).body.code).toBe('invalid_state')
  expect((await block(person.user_id, admin, 'too short')).status).toBe(422)
  expect(await stateOf(person)).toEqual(FREE)
  await block(person.user_id)
  const before = await stateOf(person)
  app.clock.advance(MINUTE_MS)
  expect((await block(person.user_id)).body.code).toBe('invalid_state')
  expect(await stateOf(person)).toEqual(before)
})

test('a block needs a sign-in of the last 15 minutes', async () => {
  const [late, person] = [await app.given.admin(), await signedUp()]
  app.clock.advance(16 * MINUTE_MS)
  expect((await block(person.user_id, late)).body.code).toBe('reauth_required')
  expect(await stateOf(person)).toEqual(FREE)
  admin = await app.given.admin()
})

test('of two admins who block each other at the same moment one stays', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [one, two] = [await app.given.admin(), await app.given.admin()]
    const replies = await Promise.all([block(one.user_id, two), block(two.user_id, one)])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 401])
  }
})

test('twenty blocks of one person at once: one is written, the others find it done', async () => {
  const person = await signedUp()
  const replies = await Promise.all(Array.from({ length: 20 }, () => block(person.user_id)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(19)
  const rows = await app.db
    .selectFrom('audit.logs')
    .select('id')
    .where('action', '=', 'identity.user_blocked')
    .where('entity_id', '=', person.user_id)
    .execute()
  expect(rows).toHaveLength(1)
})
