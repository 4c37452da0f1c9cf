import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, createClient, lastEvent, tokenOfLink } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

async function newcomer() {
  const email = client.newEmail()
  const token = String((await client.register({ email })).body.access_token)
  const mail = await lastEvent(app, 'identity.verification_requested')
  return { email, token, code: String(mail.code), link_token: tokenOfLink(mail.link) }
}
const verify = (payload: Record<string, unknown>, token?: string) =>
  client.post('/auth/email/verify', payload, token ? { token } : {})
const isVerified = async (token: string) => (await client.get('/users/me', token)).body.email_verified
const wrong = (code: string) => (code === '123456' ? '654321' : '123456')

test('the code of the mail confirms the address of the signed-in account', async () => {
  const { token, code } = await newcomer()
  expect((await verify({ code }, token)).status).toBe(200)
  expect(await isVerified(token)).toBe(true)
  expect((await verify({ code }, token)).status).toBe(400)
})

test('the link of the mail confirms the address without being signed in, once (A-17)', async () => {
  const { token, link_token } = await newcomer()
  expect((await verify({ token: link_token })).status).toBe(200)
  expect(await isVerified(token)).toBe(true)
  expect((await verify({ token: link_token })).body).toMatchObject({ status: 400, code: 'bad_request' })
})

test("a guest cannot use a code, and somebody else's code is wrong", async () => {
  const [mine, theirs] = [await newcomer(), await newcomer()]
  expect((await verify({ code: theirs.code })).status).toBe(401)
  if (mine.code !== theirs.code) expect((await verify({ code: theirs.code }, mine.token)).status).toBe(400)
  expect([await isVerified(mine.token), await isVerified(theirs.token)]).toEqual([false, false])
})

test('after five wrong tries the right code is refused too, however many come at once', async () => {
  const { token, code } = await newcomer()
  const tries = await Promise.all(Array.from({ length: 5 }, () => verify({ code: wrong(code) }, token)))
  expect(tries.map((reply) => reply.status)).toEqual(Array(5).fill(400))
  const row = await app.db
    .selectFrom('identity.email_tokens')
    .select('tries_left')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(row.tries_left).toBe(0)
  expect((await verify({ code }, token)).status).toBeGreaterThanOrEqual(400)
  expect(await isVerified(token)).toBe(false)
})

test('a code without tries left is refused as such, also when the limit per minute has room', async () => {
  const { token, code } = await newcomer()
  await app.db
    .updateTable('identity.email_tokens')
    .set({ tries_left: 0 })
    .where('used_at', 'is', null)
    .execute()
  expect((await verify({ code }, token)).body).toMatchObject({ status: 400, code: 'bad_request' })
  expect(await isVerified(token)).toBe(false)
})

test('code and link are refused after 30 minutes', async () => {
  const { token, code, link_token } = await newcomer()
  const start = app.clock.now()
  app.clock.advance(29 * MINUTE_MS)
  const fresh = await client.get('/users/me', token)
  expect(fresh.status).toBe(200)
  app.clock.set(new Date(start.getTime() + 30 * MINUTE_MS))
  expect((await verify({ token: link_token })).status).toBe(400)
  app.clock.set(new Date(start.getTime() + 30 * MINUTE_MS - 1_000))
  expect((await verify({ code }, token)).status).toBe(200)
  app.clock.set(start)
})

test('a new mail makes the older code and link worthless', async () => {
  const { token, code, link_token } = await newcomer()
  expect((await client.post('/auth/email/verification', undefined, { token })).status).toBe(202)
  const mail = await lastEvent(app, 'identity.verification_requested')
  expect((await verify({ token: link_token })).status).toBe(400)
  if (mail.code !== code) expect((await verify({ code }, token)).status).toBe(400)
  expect((await verify({ code: mail.code }, token)).status).toBe(200)
  expect((await client.post('/auth/email/verification', undefined, { token })).body).toMatchObject({
    status: 409,
    code: 'already_exists',
  })
})

test('three mails a minute are enough', async () => {
  const { token } = await newcomer()
  const statuses: number[] = []
  for (let i = 0; i < 4; i += 1)
    statuses.push((await client.post('/auth/email/verification', undefined, { token })).status)
  expect(statuses).toEqual([202, 202, 202, 429])
})

test('exactly one of token and code is wanted', async () => {
  const { token, code, link_token } = await newcomer()
  expect((await verify({}, token)).status).toBe(400)
  expect((await verify({ code, token: link_token }, token)).status).toBe(400)
  expect((await verify({ code: '12345' }, token)).status).toBe(422)
})

test('neither code nor link is stored as it is', async () => {
  const { code, link_token } = await newcomer()
  const rows = await app.db.selectFrom('identity.email_tokens').selectAll().execute()
  const stored = JSON.stringify(rows.map(({ token_hash, code_hash }) => [token_hash, code_hash]))
  expect(stored).not.toContain(link_token)
  expect(stored).not.toContain(`"${code}"`)
})
