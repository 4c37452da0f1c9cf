import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jpeg } from '#domains/media/test-pictures.ts'
import { pathOf, testUploads } from '#domains/media/test-uploads.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import { type Client, createClient, lastEvent } from './test-support.ts'

let app: TestApp
let client: Client
const { post, stored } = testUploads(() => app)

beforeAll(async () => {
  app = await startTestApp()
  client = createClient(app)
})
afterAll(() => app.stop())

type Auth = { authorization?: string }
const USER = '/api/v1/users/me/avatar'
const SHOP = '/api/v1/shops/upload-avatar'
const send = (url: string, auth: Auth, bytes: Buffer, filename = 'me.jpg') =>
  post(url, auth, [{ name: 'file', filename, bytes }])
const wide = () =>
  sharp({ create: { width: 900, height: 300, channels: 3, background: '#508' } })
    .jpeg()
    .toBuffer()
const fileOf = (url: string) =>
  app.db
    .selectFrom('media.files')
    .select(['kind', 'visibility', 'linked_at', 'expires_at', 'owner_account_id'])
    .where('storage_key', '=', /media\/([0-9a-f]{32})/.exec(url)?.[1] ?? '')
    .executeTakeFirstOrThrow()

test('a user sets a picture: public, square, shown at once; the one before goes', async () => {
  const user = await app.given.user()
  const first = await send(USER, user.auth, await jpeg())
  expect(first.statusCode).toBe(200)
  const second = await send(USER, user.auth, await wide())
  expect(second.json()).toEqual({ url: expect.stringMatching(/^http/), message: 'Фото обновлено' })
  const { url } = second.json()
  expect((await client.get('/users/me', user.token)).body.avatar_url).toBe(url)
  expect(await fileOf(url)).toMatchObject({
    kind: 'user_avatar',
    visibility: 'public',
    expires_at: null,
    owner_account_id: user.account_id,
  })
  expect(await fileOf(first.json().url)).toMatchObject({ linked_at: null, expires_at: expect.any(Date) })
  const shown = await app.http.inject({ method: 'GET', url: pathOf(url) })
  const { width, height } = await sharp(shown.rawPayload).metadata()
  expect([shown.statusCode, width, height]).toEqual([200, 300, 300])
  await client.put('/users/me', { avatar_url: null }, user.token)
  expect((await client.get('/users/me', user.token)).body.avatar_url).toBeNull()
  expect((await fileOf(url)).expires_at).not.toBeNull()
})

test('of two at once one stays and nothing hangs loose', async () => {
  const user = await app.given.user()
  const sent = await Promise.all([send(USER, user.auth, await jpeg()), send(USER, user.auth, await wide())])
  const { avatar_url } = (await client.get('/users/me', user.token)).body
  for (const answer of sent) {
    expect(answer.statusCode).toBe(200)
    const { url } = answer.json()
    expect((await fileOf(url)).expires_at === null).toBe(url === avatar_url)
  }
})

test('a shop sets its picture, and those who show it are told', async () => {
  const shop = await app.given.shop()
  const answer = await send(SHOP, shop.auth, await jpeg())
  expect(answer.statusCode).toBe(200)
  const { url } = answer.json()
  expect(await fileOf(url)).toMatchObject({ kind: 'shop_avatar', visibility: 'public', expires_at: null })
  expect((await client.get('/shops/me', shop.token)).body.avatar_url).toBe(url)
  expect(await lastEvent(app, 'shop.updated')).toEqual({ shop_id: shop.shop_id, action: 'updated' })
})

test.each([
  ['no file', 400, 'bad_request', () => post(SHOP, shopAuth(), [])],
  ['no form', 400, 'bad_request', () => noForm(SHOP, shopAuth())],
  ['an empty body', 400, 'bad_request', () => noForm(USER, userAuth())],
  ['a text', 415, 'unsupported_media', () => send(USER, userAuth(), Buffer.from('<svg/>'))],
  [
    'a broken picture',
    422,
    'validation_failed',
    async () => send(USER, userAuth(), (await jpeg()).subarray(0, 400)),
  ],
  ['11 MB', 413, 'file_too_large', () => send(USER, userAuth(), Buffer.alloc(11 * 1_048_576, 1))],
  [
    'two files',
    422,
    'validation_failed',
    async () =>
      post(USER, userAuth(), [
        { name: 'file', filename: 'a.jpg', bytes: await jpeg() },
        { name: 'file', filename: 'b.jpg', bytes: await jpeg() },
      ]),
  ],
  [
    'another field',
    422,
    'validation_failed',
    async () => post(USER, userAuth(), [{ name: 'avatar', filename: 'a.jpg', bytes: await jpeg() }]),
  ],
] as const)('%s: %i %s, and nothing is stored', async (_name, status, code, request) => {
  await people()
  const before = await stored()
  const answer = await request()
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(await stored()).toEqual(before)
})

let made: { user: Auth; shop: Auth } | undefined
async function people() {
  made ??= { user: (await app.given.user()).auth, shop: (await app.given.shop()).auth }
}
const userAuth = () => made?.user ?? {}
const shopAuth = () => made?.shop ?? {}
const noForm = (url: string, headers: Auth) =>
  app.http.inject({ method: 'POST', url, headers: { ...headers } })

test('a blocked shop changes nothing', async () => {
  const shop = await app.given.shop()
  await app.db
    .updateTable('identity.shops')
    .set({ blocked_at: app.clock.now() })
    .where('id', '=', shop.shop_id)
    .execute()
  const before = await stored()
  const answer = await send(SHOP, shop.auth, await jpeg())
  expect([answer.statusCode, answer.json().code]).toEqual([403, 'shop_blocked'])
  expect(await stored()).toEqual(before)
})
