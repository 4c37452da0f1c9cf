import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient, eventsOf } from '../test-support.ts'
import { readInitData } from './read-init-data.ts'

const BOT_TOKEN = `7342037359:${'t'.repeat(35)}`
let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp({ env: { TELEGRAM_BOT_TOKEN: BOT_TOKEN } })
  client = createClient(app)
})
afterAll(() => app.stop())

type Fields = Record<string, string>
let next_id = 7_000_000_000

/** As Telegram signs it: HMAC over the sorted fields, keyed by HMAC("WebAppData", bot token). */
function initData(fields: Fields, bot_token = BOT_TOKEN): string {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(bot_token).digest()
  const hash = createHmac('sha256', key).update(text).digest('hex')
  return new URLSearchParams({ ...fields, hash }).toString()
}

const fieldsOf = (id: number, more: Fields = {}): Fields => ({
  query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
  user: JSON.stringify({
    id,
    first_name: 'Айгерім',
    last_name: 'Серікова',
    username: 'aika',
    language_code: 'ru',
  }),
  auth_date: String(Math.floor(app.clock.now().getTime() / 1000)),
  signature: 'not-for-us',
  ...more,
})
const logIn = (init_data: string) => client.post('/auth/telegram/login', { init_data })
const accounts = async () =>
  (await app.db.selectFrom('identity.accounts').select(['id', 'email', 'telegram_id']).execute()).length

test('the first sign-in makes a user named as in Telegram, the next finds him', async () => {
  const id = ++next_id
  const first = await logIn(initData(fieldsOf(id)))
  expect(first.status).toBe(200)
  expect(first.body).toMatchObject({
    account_type: 'user',
    platform: 'mobile',
    user: { name: 'Айгерім Серікова', email_verified: false, free_try_ons_left: 5 },
  })
  const user = first.body.user as { id: number }
  expect((await client.get('/users/me', String(first.body.access_token))).status).toBe(200)
  const again = await logIn(initData(fieldsOf(id)))
  expect((again.body.user as { id: number }).id).toBe(user.id)
  expect((await auditOf(app)).filter((action) => action === 'identity.signed_in')).toHaveLength(2)
})

test('an altered field, another bot, no or a malformed signature sign nobody in and make no account (A-14)', async () => {
  const good = initData(fieldsOf(++next_id))
  const altered = new URLSearchParams(good)
  altered.set('user', JSON.stringify({ id: 1, first_name: 'Mallory' }))
  const unsigned = new URLSearchParams(good)
  unsigned.delete('hash')
  const doubled = `${good}&user=${encodeURIComponent(JSON.stringify({ id: 1, first_name: 'Mallory' }))}`
  const before = await accounts()
  for (const init_data of [
    altered.toString(),
    unsigned.toString(),
    doubled,
    initData(fieldsOf(1), `7342037359:${'u'.repeat(35)}`),
    good.replace(/hash=\w+/, 'hash=00'),
    'x',
    '&&==',
  ]) {
    const refused = await logIn(init_data)
    expect([refused.status, refused.body.code], init_data).toEqual([401, 'provider_credentials_invalid'])
  }
  expect(await accounts()).toBe(before)
  expect((await auditOf(app)).at(-1)).toBe('identity.sign_in_failed')
})

test('initData older than an hour is refused, one of the last hour is not (A-14)', async () => {
  const made_at = app.clock.now().getTime()
  const at = (age_ms: number) => fieldsOf(++next_id, { auth_date: String((made_at - age_ms) / 1000) })
  expect((await logIn(initData(at(HOUR_MS + 2_000)))).status).toBe(401)
  expect((await logIn(initData(at(HOUR_MS - MINUTE_MS)))).status).toBe(200)
  expect((await logIn(initData(at(-2 * MINUTE_MS)))).status).toBe(401)
  expect((await logIn(initData(fieldsOf(1, { auth_date: 'soon' })))).status).toBe(401)
})

test('signed data that names nobody, a bot or a number that is none is refused', () => {
  const now = app.clock.now()
  for (const user of [
    '',
    'null',
    '[]',
    '{',
    '{"id":"5"}',
    '{"id":1.5}',
    '{"id":-1}',
    '{"id":5,"is_bot":true}',
  ])
    expect(readInitData(initData(fieldsOf(1, { user })), BOT_TOKEN, now), user).toBeNull()
  expect(readInitData(initData(fieldsOf(1, { user: '{"id":5}' })), BOT_TOKEN, now)).toEqual({
    telegram_id: '5',
    name: 'Telegram User',
  })
})

test('of twenty first sign-ins of one person at once all enter the one account', async () => {
  const id = ++next_id
  const before = await accounts()
  const replies = await Promise.all(Array.from({ length: 20 }, () => logIn(initData(fieldsOf(id)))))
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
  expect(new Set(replies.map(({ body }) => (body.user as { id: number }).id)).size).toBe(1)
  expect(await accounts()).toBe(before + 1)
})

test('a blocked person does not enter', async () => {
  const id = ++next_id
  const { body } = await logIn(initData(fieldsOf(id)))
  const admin = await app.given.admin()
  const { id: user_id } = body.user as { id: number }
  const reason = 'Sells copies of brands'
  await client.post(`/admin/users/${user_id}/block`, { reason }, { token: admin.token })
  expect((await logIn(initData(fieldsOf(id)))).status).toBe(401)
})

test('without an own address there is nothing to confirm and nothing is mailed; naming one opens what needs it', async () => {
  const { body } = await logIn(initData(fieldsOf(++next_id)))
  const token = String(body.access_token)
  const asked = await client.post('/auth/email/verification', undefined, { token })
  expect([asked.status, asked.body.code]).toEqual([409, 'invalid_state'])
  const shop = await client.post('/auth/user/get-or-create-shop', undefined, { token })
  expect(shop.body.code).toBe('email_unverified')
  const email = client.newEmail()
  expect((await client.post('/auth/email/change', { email }, { token })).status).toBe(202)
  const { code } = (await eventsOf(app, 'identity.email_change_requested')).at(-1) ?? {}
  expect((await client.post('/auth/email/change/confirm', { code }, { token })).status).toBe(200)
  expect((await client.get('/users/me', token)).body).toMatchObject({ email, email_verified: true })
})
