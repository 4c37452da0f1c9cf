import { afterAll, beforeAll, expect, test } from 'vitest'
import { storePicture } from '#domains/media/public.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { auditOf, type Client, createClient } from '../test-support.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

test('a user reads and changes the own name', async () => {
  const user = await app.given.user({ name: 'Aida' })
  const { status, body } = await client.put('/users/me', { name: '  Аида Омарова ' }, user.token)
  expect([status, body.name]).toEqual([200, 'Аида Омарова'])
  expect((await client.get('/users/me', user.token)).body).toEqual(body)
})

test.each([
  { role: 'admin' },
  { balance: 1_000_000 },
  { free_generations_left: 99 },
  { email: 'other@example.com' },
  { id: 1 },
  { email_verified: true },
  { two_factor_enabled: false },
  { name: '' },
  { name: '   ' },
  { name: null },
  { name: 'x'.repeat(256) },
])('PUT /users/me refuses %j and changes nothing', async (payload) => {
  const user = await app.given.user()
  const before = (await client.get('/users/me', user.token)).body
  expect((await client.put('/users/me', payload, user.token)).status).toBe(422)
  expect((await client.get('/users/me', user.token)).body).toEqual(before)
})

test("a profile shows only an own upload or the provider's picture", async () => {
  const [user, other] = [await app.given.user(), await app.given.user()]
  const bytes = await (await import('sharp'))
    .default({ create: { width: 300, height: 300, channels: 3, background: '#508' } })
    .png()
    .toBuffer()
  const mine = await storePicture(app.media, {
    owner_account_id: user.account_id,
    kind: 'user_avatar',
    bytes,
  })
  const theirs = await storePicture(app.media, {
    owner_account_id: other.account_id,
    kind: 'user_avatar',
    bytes,
  })
  const set = (avatar_url: string | null) => client.put('/users/me', { avatar_url }, user.token)
  const address = (key: string) => `http://localhost:8000/media/${key}/original.webp`
  expect((await set(address(mine.storage_key))).body.avatar_url).toBe(address(mine.storage_key))
  const forbidden = [
    address(theirs.storage_key),
    `https://evil.example/media/${mine.storage_key}/original.webp`,
    'https://googleusercontent.com.evil.example/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/media/../../etc/passwd',
  ]
  for (const url of forbidden)
    expect((await set(url)).body).toMatchObject({ status: 422, errors: [{ field: 'avatar_url' }] })
  expect((await client.get('/users/me', user.token)).body.avatar_url).toBe(address(mine.storage_key))
  expect((await set('https://lh3.googleusercontent.com/a/abc=s96-c')).status).toBe(200)
  expect((await set(null)).body.avatar_url).toBeNull()
  const file = await app.db
    .selectFrom('media.files')
    .select(['expires_at'])
    .where('storage_key', '=', mine.storage_key)
    .executeTakeFirstOrThrow()
  expect(file.expires_at).not.toBeNull()
})

test('a consent is given, replaced by a newer version and withdrawn; every step stays on record', async () => {
  const user = await app.given.user()
  const put = (payload: Record<string, unknown>) =>
    client.call('PUT', '/users/me/consents', { token: user.token, payload })
  await put({ document: 'privacy', version: '1', accepted: true })
  await put({ document: 'privacy', version: '2', accepted: true })
  const held = await put({ document: 'terms', version: '1', accepted: true })
  expect(held.response.json()).toMatchObject([
    { document: 'privacy', version: '2', accepted: true, withdrawn_at: null },
    { document: 'terms', version: '1', accepted: true },
  ])
  const after = await put({ document: 'privacy', version: '2', accepted: false })
  expect(after.response.json()).toMatchObject([
    { document: 'privacy', accepted: false },
    { document: 'terms', accepted: true },
  ])
  const rows = await app.db
    .selectFrom('identity.consents')
    .selectAll()
    .where('account_id', '=', user.account_id)
    .execute()
  expect(rows).toHaveLength(3)
  expect((await auditOf(app)).at(-1)).toBe('identity.consent_withdrawn')
})

test('with the consent to photos the photos go, and nobody is shown them any more (J-10)', async () => {
  const user = await app.given.user()
  const say = (accepted: boolean) =>
    client.put('/users/me/consents', { document: 'photo_processing', version: '1', accepted }, user.token)
  await say(true)
  const photo = await app.given.picture(user.account_id, 'person')
  const list = async () => (await client.get('/media/person-photos', user.token)).body
  expect(await list()).toHaveLength(1)
  await client.put('/users/me/consents', { document: 'terms', version: '1', accepted: false }, user.token)
  expect(await list()).toHaveLength(1)
  await say(false)
  expect(await list()).toHaveLength(0)
  const { pathname, search } = new URL(photo.url)
  expect((await app.http.inject({ method: 'GET', url: pathname + search })).statusCode).toBe(404)
  const row = await app.db
    .selectFrom('media.files')
    .select('expires_at')
    .where('id', '=', photo.id)
    .executeTakeFirstOrThrow()
  expect(row.expires_at?.getTime()).toBeLessThanOrEqual(app.clock.now().getTime())
})
