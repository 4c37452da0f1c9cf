import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenUser } from '#test/given.ts'
import { auditOf, type Client, createClient } from '../test-support.ts'

let app: TestApp
let client: Client
let first: GivenUser
let second: GivenUser

beforeAll(async () => {
  app = await startTestApp({ env: { TWO_PERSON_RULE: 'true' } })
  client = createClient(app)
  first = await app.given.admin({ name: 'First' })
  second = await app.given.admin({ name: 'Second' })
})
afterAll(() => app.stop())

const setRole = (by: GivenUser, user_id: number, new_role: string) =>
  client.call('PUT', `/admin/users/${user_id}/role`, { token: by.token, payload: { new_role } })
const decide = (by: GivenUser, approval_id: unknown, move: string) =>
  client.post(`/admin/approvals/${approval_id}/${move}`, move === 'reject' ? { reason: 'No' } : undefined, {
    token: by.token,
  })
const roleOf = async ({ user_id }: { user_id: number }) =>
  (
    await app.db
      .selectFrom('identity.users')
      .select('role')
      .where('id', '=', user_id)
      .executeTakeFirstOrThrow()
  ).role

test('a new admin needs two: one asks, nothing changes, and only another one can agree (Z-06)', async () => {
  const user = await app.given.user()
  const asked = await setRole(first, user.user_id, 'admin')
  expect([asked.status, asked.body]).toEqual([
    202,
    {
      message: 'Ждёт согласия второго администратора',
      user_id: user.user_id,
      approval_id: expect.any(Number),
    },
  ])
  expect(await roleOf(user)).toBe('user')
  expect((await client.get('/users/me', user.token)).status).toBe(200)
  expect((await setRole(first, user.user_id, 'admin')).body.code).toBe('already_exists')
  expect((await decide(first, asked.body.approval_id, 'approve')).body.code).toBe('own_request')
  expect(await roleOf(user)).toBe('user')

  expect((await decide(second, asked.body.approval_id, 'approve')).status).toBe(200)
  expect(await roleOf(user)).toBe('admin')
  expect((await client.get('/users/me', user.token)).status).toBe(401)
  const row = await app.db
    .selectFrom('audit.logs')
    .select(['user_id', 'old_values', 'new_values'])
    .where('action', '=', 'identity.role_changed')
    .where('entity_id', '=', user.user_id)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({
    user_id: second.user_id,
    old_values: { role: 'user' },
    new_values: { role: 'admin', approval_id: asked.body.approval_id, asked_by: first.user_id },
  })
})

test('a role is taken away by one alone, at once', async () => {
  const other = await app.given.admin()
  const { status, body } = await setRole(first, other.user_id, 'user')
  expect([status, body.new_role]).toEqual([200, 'user'])
  expect(await roleOf(other)).toBe('user')
})

test('who was blocked meanwhile does not become an admin, and the request goes on waiting', async () => {
  const user = await app.given.user()
  const { body } = await setRole(first, user.user_id, 'admin')
  const reason = 'Sells copies of brands'
  await client.post(`/admin/users/${user.user_id}/block`, { reason }, { token: first.token })
  expect((await decide(second, body.approval_id, 'approve')).body.code).toBe('invalid_state')
  expect(await roleOf(user)).toBe('user')
  expect((await decide(second, body.approval_id, 'reject')).status).toBe(200)
  expect((await auditOf(app)).at(-1)).toBe('approvals.rejected')
})
