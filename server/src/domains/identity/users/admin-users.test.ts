import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { type Client, createClient } from '../test-support.ts'

let app: TestApp
let client: Client
let admin: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
  admin = await app.given.admin({ name: 'Root' })
})
afterAll(() => app.stop())

const list = async (query: string, token = admin.token) => client.get(`/admin/users/all${query}`, token)
const users = (reply: { body: Record<string, unknown> }) => reply.body.users as Record<string, unknown>[]
const roleOf = async (user_id: number) =>
  (await app.db.selectFrom('identity.users').select('role').where('id', '=', user_id).executeTakeFirst())
    ?.role
const setRole = (by: GivenUser, user_id: number, new_role: string) =>
  client.call('PUT', `/admin/users/${user_id}/role`, { token: by.token, payload: { new_role } })

test('the short list has the names of the contract, newest first, by pages', async () => {
  const made = [await app.given.user({ balance: 1_250 }), await app.given.user()]
  const { status, response } = await client.get('/admin/users?limit=2', admin.token)
  expect(status).toBe(200)
  const [newest, second] = response.json<Record<string, unknown>[]>()
  expect(second).toEqual({
    id: made[0]?.user_id,
    email: made[0]?.email,
    name: 'Aida',
    balance: 12.5,
    free_generations: 3,
    free_try_ons: 5,
    created_at: expect.stringMatching(/Z$/),
  })
  expect(newest?.id).toBe(made[1]?.user_id)
})

test('the full list filters by role, balance and text, and each sort is total', async () => {
  const mark = 'Жанар%_'
  const poor = await app.given.user({ name: `${mark} A`, balance: 100 })
  const rich = await app.given.user({ name: `${mark} B`, balance: 90_000 })
  const query = `query=${encodeURIComponent('жанар%_')}`
  const found = await list(`?${query}&sort_by=balance&sort_order=asc`)
  expect(found.status).toBe(200)
  expect(users(found).map((user) => user.id)).toEqual([poor.user_id, rich.user_id])
  expect(found.body).toMatchObject({ total: 2, page: 1, per_page: 50, total_pages: 1 })
  expect(users(found)[0]).toEqual({
    id: poor.user_id,
    email: poor.email,
    name: `${mark} A`,
    avatar_url: null,
    balance: 1,
    free_generations_left: 3,
    free_try_ons_left: 5,
    role: 'user',
    total_generations: 0,
    is_blocked: false,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  })
  expect(users(await list(`?${query}&min_balance=1.01`)).map((user) => user.id)).toEqual([rich.user_id])
  expect(
    users(await list(`?${query}&max_balance=900&sort_by=name&sort_order=desc`)).map((user) => user.id),
  ).toEqual([rich.user_id, poor.user_id])
  expect(users(await list(`?${query}&role=admin`))).toEqual([])
  expect(users(await list(`?query=${poor.email.slice(0, 12)}`)).map((user) => user.id)).toEqual([
    poor.user_id,
  ])
  const second = await list(`?${query}&sort_by=name&sort_order=asc&per_page=1&page=2`)
  expect(users(second).map((user) => user.id)).toEqual([rich.user_id])
  expect(second.body).toMatchObject({ total: 2, page: 2, per_page: 1, total_pages: 2 })
})

test.each([
  '?sort_by=email',
  '?sort_order=up',
  '?per_page=101',
  '?page=0',
  '?min_balance=0.001',
  '?role=root',
])('%s is refused with 422', async (query) => expect((await list(query)).status).toBe(422))

test('one user comes with his last movements and generations; a deleted or unknown one is 404', async () => {
  const user = await app.given.user({ balance: 500 })
  const { status, body } = await client.get(`/admin/users/${user.user_id}`, admin.token)
  expect(status).toBe(200)
  expect(body).toEqual({
    id: user.user_id,
    email: user.email,
    name: 'Aida',
    role: 'user',
    is_blocked: false,
    blocked_at: null,
    block_reason: null,
    balance: 5,
    free_generations_left: 3,
    free_try_ons_left: 5,
    created_at: expect.any(String),
    updated_at: expect.any(String),
    recent_transactions: [
      {
        id: expect.any(Number),
        type: 'ADJUSTMENT',
        amount: 5,
        status: 'COMPLETED',
        created_at: expect.any(String),
      },
    ],
    recent_generations: [],
  })
  expect((await client.get('/admin/users/999999', admin.token)).status).toBe(404)
})

test('nobody but an admin sees people or changes roles', async () => {
  const [user, shop] = [await app.given.user(), await app.given.shop()]
  for (const path of ['/admin/users', '/admin/users/all', `/admin/users/${user.user_id}`]) {
    expect((await client.get(path)).status).toBe(401)
    expect((await client.get(path, user.token)).status).toBe(403)
    expect((await client.get(path, shop.token)).status).toBe(403)
  }
  expect((await setRole(user, user.user_id, 'admin')).status).toBe(403)
  expect(await roleOf(user.user_id)).toBe('user')
})

test('a promotion acts at once: old sessions end, the change and who made it are on record', async () => {
  const user = await app.given.user()
  const { status, body } = await setRole(admin, user.user_id, 'admin')
  expect(status).toBe(200)
  expect(body).toEqual({
    message: expect.any(String),
    user_id: user.user_id,
    old_role: 'user',
    new_role: 'admin',
  })
  expect((await client.get('/users/me', user.token)).status).toBe(401)
  const row = await app.db
    .selectFrom('audit.logs')
    .selectAll()
    .where('action', '=', 'identity.role_changed')
    .where('entity_id', '=', user.user_id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({
    user_id: admin.user_id,
    old_values: { role: 'user' },
    new_values: { role: 'admin' },
  })
})

test('a demotion acts at once: the next call of the demoted admin is refused (Z-05)', async () => {
  const other = await app.given.admin()
  expect((await client.get('/admin/users', other.token)).status).toBe(200)
  expect((await setRole(admin, other.user_id, 'user')).status).toBe(200)
  const refused = await client.get('/admin/users', other.token)
  expect(refused.status).toBe(401)
  expect(refused.body.code).toBe('role_changed')
})

test('the role may stand in the query as today, or in the body; none, an unknown one or two different ones are 422', async () => {
  const user = await app.given.user()
  const path = `/admin/users/${user.user_id}/role`
  const put = (query: string, payload?: Record<string, unknown>) =>
    client.call('PUT', `${path}${query}`, { token: admin.token, ...(payload ? { payload } : {}) })
  expect((await put('')).status).toBe(422)
  expect((await put('?new_role=superadmin')).status).toBe(422)
  expect((await put('', { new_role: 'admin', name: 'x' })).status).toBe(422)
  expect((await put('?new_role=admin', { new_role: 'user' })).status).toBe(422)
  expect(await roleOf(user.user_id)).toBe('user')
  expect((await put('?new_role=admin')).status).toBe(200)
  expect(await roleOf(user.user_id)).toBe('admin')
})

test('the own role cannot be changed, so the last admin stays', async () => {
  const refused = await setRole(admin, admin.user_id, 'user')
  expect(refused.status).toBe(409)
  expect(refused.body.code).toBe('invalid_state')
  expect(await roleOf(admin.user_id)).toBe('admin')
  expect((await setRole(admin, 999_999, 'admin')).status).toBe(404)
})

test('setting the role that somebody has changes nothing and ends no session', async () => {
  const user = await app.given.user()
  expect((await setRole(admin, user.user_id, 'user')).status).toBe(200)
  expect((await client.get('/users/me', user.token)).status).toBe(200)
})

test('of two admins who demote each other at the same moment one stays an admin', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [one, two] = [await app.given.admin(), await app.given.admin()]
    const replies = await Promise.all([setRole(one, two.user_id, 'user'), setRole(two, one.user_id, 'user')])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 401])
    expect([await roleOf(one.user_id), await roleOf(two.user_id)].sort()).toEqual(['admin', 'user'])
  }
})

test('a role is changed only after a sign-in of the last 15 minutes', async () => {
  const [late, user] = [await app.given.admin(), await app.given.user()]
  app.clock.advance(16 * MINUTE_MS)
  const refused = await setRole(late, user.user_id, 'admin')
  expect(refused.status).toBe(401)
  expect(refused.body.code).toBe('reauth_required')
  expect(await roleOf(user.user_id)).toBe('user')
})
