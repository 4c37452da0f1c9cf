import { randomBytes } from 'node:crypto'
import { hash as hashBcrypt } from '@node-rs/bcrypt'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient, eventsOf, PASSWORD } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

const countOf = async (table: 'identity.accounts' | 'identity.sessions' | 'identity.shops') => {
  const row = await app.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return row.n
}

test('signing up makes a user with free credits and a wallet, signs in, and mails a code and a link', async () => {
  const email = client.newEmail()
  const { status, body, response } = await client.register({
    email: email.toUpperCase(),
    consents: ['terms', 'privacy'],
  })
  expect(status).toBe(201)
  expect(response.headers['cache-control']).toBe('no-store')
  expect(body).toMatchObject({ token_type: 'bearer', account_type: 'user', platform: 'web', shop: null })
  expect(body.user).toEqual({
    id: expect.any(Number),
    email,
    name: 'Aida',
    avatar_url: null,
    balance: 0,
    free_generations_left: 3,
    free_try_ons_left: 5,
    role: 'user',
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
    email_verified: false,
    two_factor_enabled: false,
  })
  expect((await client.get('/users/me', String(body.access_token))).body).toEqual(body.user)
  const mails = (await eventsOf(app, 'identity.verification_requested')).filter(
    (mail) => mail.email === email,
  )
  expect(mails).toEqual([
    {
      account_id: expect.any(Number),
      email,
      locale: 'ru',
      code: expect.stringMatching(/^\d{6}$/),
      link: expect.stringMatching(/^http:\/\/localhost:8000\/verify-email#token=[\w-]{43}$/),
    },
  ])
  const consents = await client.get('/users/me/consents', String(body.access_token))
  expect(consents.body).toMatchObject({
    0: { document: 'privacy', accepted: true },
    1: { document: 'terms', accepted: true },
  })
})

test('signing up as a shop makes a shop that is not approved, and admins hear of it', async () => {
  const { status, body } = await client.register({
    email: client.newEmail(),
    name: 'Tulpar',
    account_type: 'shop',
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    account_type: 'shop',
    user: null,
    shop: {
      shop_name: 'Tulpar',
      owner_name: 'Tulpar',
      is_approved: false,
      is_active: true,
      balance: 0,
      rejection_reason: null,
    },
  })
  const row = await app.db
    .selectFrom('infra.outbox_events')
    .select('deliveries')
    .where('name', '=', 'shop.created')
    .executeTakeFirstOrThrow()
  expect(row.deliveries).toEqual([
    { to: 'admins', data: expect.objectContaining({ action: 'created', shop_name: 'Tulpar' }) },
  ])
})

test('a taken address gets the same status and shape without tokens, its owner a mail, and nothing is created', async () => {
  const email = client.newEmail()
  const first = await client.register({ email })
  const before = [await countOf('identity.accounts'), await countOf('identity.sessions')]
  const second = await client.register({ email, password: 'another long phrase', name: 'Mallory' })
  expect(second.status).toBe(201)
  expect(Object.keys(second.body).sort()).toEqual(Object.keys(first.body).sort())
  expect(second.body).toMatchObject({ access_token: null, refresh_token: null, user: null, shop: null })
  expect([await countOf('identity.accounts'), await countOf('identity.sessions')]).toEqual(before)
  expect((await eventsOf(app, 'identity.address_taken')).at(-1)).toEqual({ email, locale: 'ru' })
  expect((await client.login({ email, password: 'another long phrase' })).status).toBe(401)
})

test('of ten sign-ups for one address at the same time one wins', async () => {
  const email = client.newEmail()
  const replies = await Promise.all(Array.from({ length: 10 }, () => client.register({ email })))
  expect(replies.map((reply) => reply.status)).toEqual(Array(10).fill(201))
  expect(replies.filter((reply) => reply.body.access_token !== null)).toHaveLength(1)
})

test('14 characters are too few, 15 and 64 lower-case letters will do (A-01)', async () => {
  const letters = randomBytes(64)
    .toString('hex')
    .replace(/[^a-f]/g, 'q')
  const statuses: number[] = []
  for (const chars of [14, 15, 64, 128])
    statuses.push(
      (await client.register({ email: client.newEmail(), password: letters.slice(0, chars) })).status,
    )
  expect(statuses).toEqual([422, 201, 201, 201])
})

test('a password that has leaked is refused by name, and nothing is created (A-02)', async () => {
  const before = await countOf('identity.accounts')
  const { status, body } = await client.register({ email: client.newEmail(), password: 'passwordpassword' })
  expect(status).toBe(422)
  expect(body).toMatchObject({
    code: 'validation_failed',
    errors: [{ field: 'password', code: 'password_breached' }],
  })
  expect(await countOf('identity.accounts')).toBe(before)
})

test.each([
  ['role', { role: 'admin' }],
  ['balance', { balance: 1000 }],
  ['free credits', { free_generations_left: 1000 }],
  ['e-mail verified', { email_verified: true }],
  ['approval', { is_approved: true, account_type: 'shop' }],
])('signing up cannot set %s', async (_what, extra) => {
  const before = await countOf('identity.accounts')
  const { status, body } = await client.register({ email: client.newEmail(), ...extra })
  expect(status).toBe(422)
  expect(body.code).toBe('validation_failed')
  expect(await countOf('identity.accounts')).toBe(before)
})

test.each([
  'no-at-sign',
  'two@@example.com',
  'a b@example.com',
  'a@example',
  'a@example.com\r\nbcc: x@y.kz',
  '<a@example.com>',
  '',
])('the address %j is refused', async (email) => {
  expect((await client.register({ email })).status).toBe(422)
})

test('right e-mail and password sign in whatever the case of the address; the new session is on record', async () => {
  const email = client.newEmail()
  await client.register({ email })
  const { status, body } = await client.login({ email: email.toUpperCase() })
  expect(status).toBe(200)
  expect(body).toMatchObject({ account_type: 'user', user: { email } })
  expect((await client.get('/users/me', String(body.access_token))).status).toBe(200)
  expect((await auditOf(app)).at(-1)).toBe('identity.signed_in')
})

test('every refusal to sign in has one wording, one code and about one time (A-05)', async () => {
  const email = client.newEmail()
  const google_only = client.newEmail()
  const blocked = client.newEmail()
  await client.register({ email })
  await client.register({ email: blocked })
  await app.db
    .updateTable('identity.accounts')
    .set({ blocked_at: app.clock.now() })
    .where('email', '=', blocked)
    .execute()
  await app.db.insertInto('identity.accounts').values({ email: google_only }).execute()
  const sessions = await countOf('identity.sessions')
  const tries = [
    { email, password: 'not the password' },
    { email, account_type: 'shop' },
    { email: 'nobody-at-all@example.com' },
    { email: google_only },
    { email: blocked },
    { email: 'not an address' },
  ]
  const seen: unknown[] = []
  const times: number[] = []
  for (const attempt of tries) {
    const started = performance.now()
    const { status, body } = await client.login(attempt)
    times.push(performance.now() - started)
    seen.push({ status, ...body, request_id: undefined })
  }
  expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(seen[0]).toMatchObject({ status: 401, code: 'invalid_credentials' })
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(200)
  expect(await countOf('identity.sessions')).toBe(sessions)
  expect((await auditOf(app)).slice(-tries.length)).toEqual(
    Array(tries.length).fill('identity.sign_in_failed'),
  )
})

test('the sixth guess in a minute is refused although every guess comes from another address', async () => {
  const email = client.newEmail()
  await client.register({ email })
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      client.login({ email, password: `guess number ${i}` }, { ip: `10.0.0.${i + 1}` }),
    ),
  )
  const statuses = guesses.map((guess) => guess.status).sort()
  expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)])
  expect(
    Number(guesses.find((guess) => guess.status === 429)?.response.headers['retry-after']),
  ).toBeGreaterThan(0)
  expect((await client.login({ email })).status).toBe(429)
})

test('a password is kept as argon2id and nothing else, all of its letters counted (A-03)', async () => {
  const email = client.newEmail()
  const password = `${'five red umbrellas '.repeat(6)}end`
  expect((await client.register({ email, password })).status).toBe(201)
  const { rows } = await sql<{ kept: number; other: number }>`
    select count(*) filter (where password_hash like '$argon2id$%')::int as kept,
      count(*) filter (where password_hash not like '$argon2id$%')::int as other
    from identity.accounts`.execute(app.db)
  expect(rows[0]?.other).toBe(0)
  expect(rows[0]?.kept).toBeGreaterThan(0)
  expect((await client.login({ email, password: password.slice(0, -1) }, { ip: '10.9.0.1' })).status).toBe(
    401,
  )
  expect((await client.login({ email, password }, { ip: '10.9.0.2' })).status).toBe(200)
})

test('a bcrypt hash of the first version is accepted once and replaced by argon2id', async () => {
  const email = client.newEmail()
  await client.register({ email })
  const password_hash = await hashBcrypt('short old', 12)
  await app.db.updateTable('identity.accounts').set({ password_hash }).where('email', '=', email).execute()
  expect((await client.login({ email, password: 'wrong old' })).status).toBe(401)
  expect((await client.login({ email, password: 'short old' })).status).toBe(200)
  const row = await app.db
    .selectFrom('identity.accounts')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(row.password_stands_alone).toBe(false)
  expect((await client.login({ email, password: 'short old' })).status).toBe(200)
})

test('signing in from a program not seen before tells the owner, from a known one it does not', async () => {
  const email = client.newEmail()
  await client.register({ email })
  const notices = async () =>
    (await eventsOf(app, 'identity.signed_in_on_new_device')).filter((notice) => notice.email === email)
  await client.login({ email })
  expect(await notices()).toEqual([])
  await client.login({ email }, { headers: { 'user-agent': 'Stranger/1.0' }, ip: '10.1.1.1' })
  await client.login({ email }, { headers: { 'user-agent': 'Stranger/1.0' } })
  expect(await notices()).toEqual([
    expect.objectContaining({ email, user_agent: 'Stranger/1.0', ip: '10.1.1.1' }),
  ])
})

test('there are no default accounts (A-16)', async () => {
  for (const name of ['admin', 'superadmin', 'root'])
    expect((await client.login({ email: name, password: name })).status).toBe(401)
})

test('passwords and tokens never reach the log', async () => {
  const email = client.newEmail()
  const { body } = await client.register({ email })
  await client.login({ email, password: 'canary-password-1234' })
  await client.get('/users/me', String(body.access_token))
  await client.refresh(body.refresh_token)
  const log = app.logs.join('')
  for (const secret of [
    PASSWORD,
    'canary-password-1234',
    String(body.access_token),
    String(body.refresh_token),
    email,
  ])
    expect(log).not.toContain(secret)
})
