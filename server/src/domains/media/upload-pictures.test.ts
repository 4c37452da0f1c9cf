import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { storePicture } from './public.ts'
import * as picture from './test-pictures.ts'
import { pathOf, testUploads } from './test-uploads.ts'

let app: TestApp
let shop: GivenShop
let person: GivenUser
const { consent, stored, post, photoOf, imagesOf } = testUploads(() => app)

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
  person = await app.given.user()
  await consent(person.account_id)
})
afterAll(() => app.stop())

describe('a photo of a person', () => {
  test('is kept privately for 30 days and answered with a signed address', async () => {
    const answer = await photoOf(person.auth, await picture.jpeg())
    expect(answer.statusCode).toBe(201)
    const photo = answer.json()
    expect(Object.keys(photo).sort()).toEqual(['expires_at', 'height', 'id', 'preview', 'url', 'width'])
    expect([photo.width, photo.height]).toEqual([300, 400])
    expect(photo.expires_at).toBe(new Date(app.clock.now().getTime() + 30 * DAY_MS).toISOString())
    const file = await app.db
      .selectFrom('media.files')
      .selectAll()
      .where('id', '=', photo.id)
      .executeTakeFirstOrThrow()
    expect([file.visibility, file.kind, file.owner_account_id]).toEqual([
      'private',
      'person',
      person.account_id,
    ])
    expect((await app.http.inject(pathOf(photo.url))).statusCode).toBe(200)
  })

  test('needs consent first; without it nothing is kept', async () => {
    const stranger = await app.given.user()
    const before = await stored()
    const answer = await photoOf(stranger.auth, await picture.jpeg())
    expect([answer.statusCode, answer.json().code, answer.json().document]).toEqual([
      403,
      'consent_required',
      'photo_processing',
    ])
    await consent(stranger.account_id)
    await app.db
      .updateTable('identity.consents')
      .set({ withdrawn_at: app.clock.now() })
      .where('account_id', '=', stranger.account_id)
      .execute()
    expect((await photoOf(stranger.auth, await picture.jpeg())).statusCode).toBe(403)
    expect(await stored()).toEqual(before)
  })

  test('is listed for its owner only, newest first, twelve at most', async () => {
    const owner = await app.given.user()
    const bytes = await picture.jpeg(30, 40)
    const ids: number[] = []
    for (let count = 0; count < 13; count += 1) {
      ids.push(
        (await storePicture(app.media, { owner_account_id: owner.account_id, kind: 'person', bytes })).id,
      )
    }
    const mine = await app.http.inject({ url: '/api/v1/media/person-photos', headers: owner.auth })
    expect(mine.json().map((photo: { id: number }) => photo.id)).toEqual(ids.reverse().slice(0, 12))
    const other = await app.http.inject({
      url: '/api/v1/media/person-photos',
      headers: (await app.given.user()).auth,
    })
    expect(other.json()).toEqual([])
  })
})

describe('what is refused is not written', () => {
  let before: Awaited<ReturnType<typeof stored>>
  beforeEach(async () => {
    before = await stored()
  })

  const files: [string, () => Buffer | Promise<Buffer>, number, string, string | undefined][] = [
    ['HTML named .jpg', () => picture.HTML, 415, 'unsupported_media', undefined],
    ['SVG with a script', () => picture.SVG, 415, 'unsupported_media', undefined],
    ['a GIF that is also a script', () => picture.GIF_SCRIPT, 415, 'unsupported_media', undefined],
    ['a JPEG with a page inside', picture.jpegWithPage, 415, 'unsupported_media', undefined],
    ['a JPEG that is also a ZIP', picture.jpegWithZip, 415, 'unsupported_media', undefined],
    ['an empty file', () => Buffer.alloc(0), 415, 'unsupported_media', undefined],
    [
      'a truncated JPEG',
      async () => (await picture.jpeg(600, 600)).subarray(0, 4_000),
      422,
      'validation_failed',
      'unreadable_picture',
    ],
    [
      'a PNG of 30,000 × 30,000 pixels',
      () => picture.pngBomb(30_000, 30_000),
      422,
      'validation_failed',
      'too_many_pixels',
    ],
    ['11 MB', () => Buffer.alloc(11_534_336, 0xff), 413, 'file_too_large', undefined],
  ]
  test.each(files)(
    '%s as a photo and as a product picture',
    async (_name, make, status, code, field_code) => {
      const bytes = await make()
      for (const answer of [await photoOf(person.auth, bytes), await imagesOf(shop.auth, [bytes])]) {
        const problem = answer.json()
        expect(answer.headers['content-type']).toContain('application/problem+json')
        expect([answer.statusCode, problem.status, problem.code, problem.errors?.[0]?.code]).toEqual([
          status,
          status,
          code,
          field_code,
        ])
      }
      expect(await stored()).toEqual(before)
    },
  )

  test('one bad file among good ones: none is kept', async () => {
    const answer = await imagesOf(shop.auth, [await picture.jpeg(), await picture.png(), picture.HTML])
    expect(answer.statusCode).toBe(415)
    expect(await stored()).toEqual(before)
  })

  test.each([
    ['no file', [], 400, 'bad_request', undefined],
    [
      'another field',
      [{ name: 'picture', filename: 'a.jpg', bytes: Buffer.from('x') }],
      422,
      'validation_failed',
      'unexpected_field',
    ],
    [
      'a text in place of the file',
      [{ name: 'files', value: 'a.jpg' }],
      422,
      'validation_failed',
      'unexpected_field',
    ],
  ])('%s', async (_name, parts, status, code, field_code) => {
    const answer = await post('/api/v1/products/upload-images', shop.auth, parts)
    expect([answer.statusCode, answer.json().code, answer.json().errors?.[0]?.code]).toEqual([
      status,
      code,
      field_code,
    ])
    expect(await stored()).toEqual(before)
  })

  test('eleven pictures at once, or two photos', async () => {
    const one = await picture.jpeg(30, 40)
    const answer = await imagesOf(shop.auth, Array(11).fill(one))
    expect([answer.statusCode, answer.json().errors[0].code]).toEqual([422, 'too_many_files'])
    const two = await post('/api/v1/media/person-photos', person.auth, [
      { name: 'file', filename: 'a.jpg', bytes: one },
      { name: 'file', filename: 'b.jpg', bytes: one },
    ])
    expect([two.statusCode, two.json().errors[0].code]).toEqual([422, 'too_many_files'])
    expect(await stored()).toEqual(before)
  })

  test('JSON where a form belongs', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/products/upload-images',
      payload: {},
      headers: shop.auth,
    })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'unsupported_media'])
    expect(await stored()).toEqual(before)
  })

  test('more than an account may send in a day (429), or store (409)', async () => {
    const sender = await app.given.user()
    const file = await storePicture(app.media, {
      owner_account_id: sender.account_id,
      kind: 'person',
      bytes: await picture.jpeg(),
    })
    before = await stored()
    const again = async () =>
      storePicture(app.media, {
        owner_account_id: sender.account_id,
        kind: 'person',
        bytes: await picture.jpeg(),
      })
    const set = (change: { uploaded_bytes?: number; bytes?: number }) =>
      app.db.updateTable('media.files').set(change).where('id', '=', file.id).execute()
    await set({ uploaded_bytes: 314_572_800 })
    await expect(again()).rejects.toMatchObject({ status: 429, code: 'rate_limited' })
    await set({ uploaded_bytes: 0, bytes: 1_073_741_824 })
    await expect(again()).rejects.toMatchObject({ status: 409, code: 'storage_full' })
    expect(await stored()).toEqual(before)
    await app.db.deleteFrom('media.files').where('id', '=', file.id).execute()
  })
})

test('over a real connection the refusal of a file that is never read arrives whole', async () => {
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' })
  const stranger = await app.given.user()
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(11_534_336).fill(255)]), 'me.jpg')
  const send = (auth: { authorization: string }) =>
    fetch(`${address}/api/v1/media/person-photos`, { method: 'POST', headers: auth, body })
  const answers = await Promise.all([send(stranger.auth), send(person.auth)])
  const codes = await Promise.all(answers.map(async (answer) => [answer.status, await problemCode(answer)]))
  expect(codes).toEqual([
    [403, 'consent_required'],
    [413, 'file_too_large'],
  ])
})

async function problemCode(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json()
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
}

describe('who may upload and look', () => {
  test.each([
    ['guest', 401, 401, 401],
    ['user', 201, 200, 403],
    ['admin', 403, 200, 403],
    ['shop', 403, 403, 201],
    ['unapproved shop', 403, 403, 403],
  ])('%s', async (who, photo, list, images) => {
    const auth = await authOf(who)
    const bytes = await picture.jpeg(30, 40)
    const answers = [
      await post('/api/v1/media/person-photos', auth, [{ name: 'file', filename: 'a.jpg', bytes }]),
      await app.http.inject({ url: '/api/v1/media/person-photos', headers: auth }),
      await post('/api/v1/products/upload-images', auth, [{ name: 'files', filename: 'a.jpg', bytes }]),
    ]
    expect(answers.map((answer) => answer.statusCode)).toEqual([photo, list, images])
  })

  async function authOf(who: string): Promise<{ authorization: string }> {
    if (who === 'user') return person.auth
    if (who === 'admin') return (await app.given.admin()).auth // Without a consent of the own.
    if (who === 'shop') return shop.auth
    if (who === 'unapproved shop') return (await app.given.shop({ approved: false })).auth
    return {} as { authorization: string } // No header at all.
  }
})

test('nothing of a picture is in the data folder under a guessable or executable name', () => {
  const names = readdirSync(app.config.data_folder, { recursive: true }).map(String)
  expect(names.filter((name) => /\.(html?|svg|js|php|jpe?g|png)$/i.test(name))).toEqual([])
})
