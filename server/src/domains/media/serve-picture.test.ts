import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { mediaUrl, storePicture } from './public.ts'
import * as picture from './test-pictures.ts'
import { pathOf, testUploads } from './test-uploads.ts'

let app: TestApp
let shop: GivenShop
let person: GivenUser
const { imagesOf, objects } = testUploads(() => app)

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
  person = await app.given.user()
})
afterAll(() => app.stop())

describe('pictures of products', () => {
  test('are public, temporary until used, and their stored bytes begin as our encoder writes them', async () => {
    const answer = await imagesOf(shop.auth, [await picture.jpegFromPhone(), await picture.png()])
    expect(answer.statusCode).toBe(201)
    const { urls } = answer.json()
    expect(urls).toHaveLength(2)
    expect(urls[0]).toMatch(/^http:\/\/localhost:8000\/media\/[0-9a-f]{32}\/original\.webp$/)
    const file = await app.db
      .selectFrom('media.files')
      .selectAll()
      .where('storage_key', '=', keyOf(urls[0]))
      .executeTakeFirstOrThrow()
    expect([file.visibility, file.linked_at]).toEqual(['public', null])
    expect(file.expires_at).toEqual(new Date(app.clock.now().getTime() + 24 * HOUR_MS))
    const served = await app.http.inject(pathOf(urls[0]))
    expect(served.rawPayload.subarray(0, 4).toString()).toBe('RIFF')
    expect(served.rawPayload.subarray(8, 12).toString()).toBe('WEBP')
  })

  test('are served with headers that neither run nor change anything', async () => {
    const { url } = await app.given.picture(shop.account_id, 'product')
    const served = await app.http.inject(pathOf(url))
    expect(served.statusCode).toBe(200)
    expect(served.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-length': String(served.rawPayload.length),
    })
    expect(served.headers['content-disposition']).toMatch(/^inline; filename="[0-9a-f]{12}-original\.webp"$/)
  })

  test('come in the known widths, made once and without metadata', async () => {
    const file = await storePicture(app.media, {
      owner_account_id: shop.account_id,
      kind: 'product',
      bytes: await picture.jpeg(900, 1200),
    })
    const sizes: [string, number | undefined, number | undefined][] = []
    for (const width of [320, 640, 1024, 'original'] as const) {
      const answers = await Promise.all(
        [1, 2, 3].map(() => app.http.inject(pathOf(mediaUrl(app.media, file, { width })))),
      )
      expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200])
      const metadata = await sharp(answers[0]?.rawPayload).metadata()
      expect([metadata.exif, metadata.iptc, metadata.icc]).toEqual([undefined, undefined, undefined])
      sizes.push([String(width), metadata.width, metadata.height])
    }
    expect(sizes).toEqual([
      ['320', 320, 427],
      ['640', 640, 853],
      ['1024', 900, 1200],
      ['original', 900, 1200],
    ])
    expect(await objects(file.storage_key)).toHaveLength(4)
  })

  test.each(['999.webp', '0.webp', '320.png', 'original', '..%2f..%2fetc%2fpasswd', '320.webp%00'])(
    'nothing else is there: %s',
    async (name) => {
      const { storage_key } = await app.given.picture(shop.account_id, 'product')
      const answer = await app.http.inject(`/media/${storage_key}/${name}`)
      expect([answer.statusCode === 404 || answer.statusCode === 422, answer.statusCode]).toEqual([
        true,
        answer.statusCode,
      ])
      expect((await app.http.inject(`/media/${'0'.repeat(32)}/original.webp`)).statusCode).toBe(404)
    },
  )
})

test('a picture deleted while a smaller one is being made leaves nothing behind', async () => {
  const bytes = await picture.jpeg(1_500, 2_000)
  const file = await storePicture(app.media, { owner_account_id: shop.account_id, kind: 'product', bytes })
  const put = vi.spyOn(app.media.blobs, 'put').mockImplementationOnce(async (key, body, meta) => {
    await app.db
      .updateTable('media.files')
      .set({ deleted_at: app.clock.now() })
      .where('id', '=', file.id)
      .execute()
    put.mockRestore()
    return app.media.blobs.put(key, body, meta)
  })
  const answer = await app.http.inject(pathOf(mediaUrl(app.media, file, { width: 640 })))
  expect(answer.statusCode).toBe(404)
  expect(await objects(`derived/${file.storage_key}`)).toEqual([])
})

describe('private pictures', () => {
  async function signedPhoto() {
    const file = await app.given.picture(person.account_id, 'person')
    return { file, url: new URL(file.url) }
  }
  const get = (url: URL) => app.http.inject(url.pathname + url.search)

  test('open with their signature for 10 to 15 minutes, and only for the reader', async () => {
    const { url } = await signedPhoto()
    const seconds = Number(url.searchParams.get('expires')) - app.clock.now().getTime() / 1_000
    expect(seconds).toBeLessThanOrEqual(15 * 60)
    expect(seconds).toBeGreaterThan(10 * 60 - 1)
    const answer = await get(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toMatch(/^private, max-age=\d+, immutable$/)
  })

  test.each<[string, (url: URL) => void]>([
    ['no signature', (url) => (url.search = '')],
    ['no end', (url) => url.searchParams.delete('expires')],
    ['a forged signature', (url) => url.searchParams.set('signature', 'A'.repeat(43))],
    [
      'an end moved by hand',
      (url) => url.searchParams.set('expires', String(Number(url.searchParams.get('expires')) + 60)),
    ],
    ['an end that is no number', (url) => url.searchParams.set('expires', '1e99')],
    ['the signature of another width', (url) => (url.pathname = url.pathname.replace('original', '640'))],
  ])('%s: 403, and not a byte', async (_name, change) => {
    const { url } = await signedPhoto()
    change(url)
    const answer = await get(url)
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'link_not_valid'])
  })

  test('the signature of another photo does not open this one', async () => {
    const [one, two] = [await signedPhoto(), await signedPhoto()]
    two.url.search = one.url.search
    expect((await get(two.url)).statusCode).toBe(403)
  })

  test('an address ends when its time is over', async () => {
    const { url } = await signedPhoto()
    const now = app.clock.now()
    app.clock.advance(15 * MINUTE_MS + 1_000)
    expect((await get(url)).statusCode).toBe(403)
    app.clock.set(now)
    expect((await get(url)).statusCode).toBe(200)
  })
})

function keyOf(url: string): string {
  return url.split('/')[4] ?? ''
}
