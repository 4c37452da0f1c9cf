import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, createClient } from '../test-support.ts'
import { authorizeSession, redeemTicket } from './redeem-ticket.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

const ask = (token: string, client_type: string) => client.post('/auth/ws-ticket', { client_type }, { token })

test('a ticket opens one socket for the account that asked for it', async () => {
  const user = await app.given.user()
  const { status, body } = await ask(user.token, 'user')
  expect([status, body.expires_in]).toEqual([200, 30])
  const redeemed = await Promise.all(
    Array.from({ length: 5 }, () => redeemTicket(app.identity, String(body.ticket))),
  )
  expect(redeemed.filter((result) => result !== null)).toEqual([{ actor: user.actor, client_type: 'user' }])
})

test('a ticket is given only for what the account is', async () => {
  const [user, shop, admin] = [await app.given.user(), await app.given.shop(), await app.given.admin()]
  const statuses = async (token: string) =>
    Promise.all(['user', 'shop', 'admin'].map(async (type) => (await ask(token, type)).status))
  expect(await statuses(user.token)).toEqual([200, 403, 403])
  expect(await statuses(shop.token)).toEqual([403, 200, 403])
  expect(await statuses(admin.token)).toEqual([200, 403, 200])
  expect((await client.post('/auth/ws-ticket', { client_type: 'user' })).status).toBe(401)
})

test('a ticket is worthless when the session ended or the role was taken away in the meantime', async () => {
  const user = await app.given.user()
  const { ticket } = (await ask(user.token, 'user')).body
  await client.post('/auth/logout-all', undefined, { token: user.token })
  expect(await redeemTicket(app.identity, String(ticket))).toBeNull()
  expect(await authorizeSession(app.identity, user.actor.session_id)).toBeNull()
  const admin = await app.given.admin()
  const admin_ticket = (await ask(admin.token, 'admin')).body.ticket
  await app.db.updateTable('identity.users').set({ role: 'user' }).where('id', '=', admin.user_id).execute()
  expect(await redeemTicket(app.identity, String(admin_ticket))).toBeNull()
})

test('a guessed ticket is worthless', async () => {
  expect(await redeemTicket(app.identity, 'guessed')).toBeNull()
})
