import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { inTransaction } from '#infra/db.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import { startTestApp, type TestApp } from '#test/app.ts'
import type { GivenShop, GivenUser } from '#test/given.ts'
import { linkMedia, mediaUrl, resolveOwnedMedia, storePicture, unlinkMedia } from './public.ts'
import { purgeExpiredMedia } from './purge-expired-media.ts'
import { formOf } from './test-form.ts'
import * as picture from './test-pictures.ts'

let app: TestApp
let shop: GivenShop
let person: GivenUser

beforeAll(async () => {
  app = await startTestApp()
  shop = await app.given.shop()
  person = await app.given.user()
  await consent(person)
})
afterAll(() => app.stop())

function consent(user: GivenUser) {
  const row = { account_id: user.account_id, document: 'photo_processing', version: '1' }
  return app.db.insertInto('identity.consents').values(row).execute()
}

/** Everything that an upload could leave behind. */
async function stored() {
  const { count } = await app.db
    .selectFrom('media.files')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const blobs: string[] = []
  for await (const { key } of app.blobs.list('')) blobs.push(key)
  return { rows: Number(count), blobs: blobs.length }
}

function post(url: string, auth: { authorization: string }, parts: Parameters<typeof formOf>[0]) {
  const { payload, headers } = formOf(parts)
  return app.http.inject({ method: 'POST', url, payload, headers: { ...headers, ...auth } })
}

const photoOf = (user: GivenUser, bytes: Buffer) =>
  post('/api/v1/media/person-photos', user.auth, [{ name: 'file', filename: 'me.jpg', bytes }])
const imagesOf = (files: Buffer[]) =>
  post(
    '/api/v1/products/upload-images',
    shop.auth,
    files.map((bytes, index) => ({ name: 'files', filename: `${index}.jpg`, bytes })),
  )

describe('a photo of a person', () => {
  test('is kept privately for 30 days and answered with a signed address', async () => {
    const answer = await photoOf(person, await picture.jpeg())
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
    const answer = await photoOf(stranger, await picture.jpeg())
    expect([answer.statusCode, answer.json().code, answer.json().document]).toEqual([
      403,
      'consent_required',
      'photo_processing',
    ])
    await consent(stranger)
    await app.db
      .updateTable('identity.consents')
      .set({ withdrawn_at: app.clock.now() })
      .where('account_id', '=', stranger.account_id)
      .execute()
    expect((await photoOf(stranger, await picture.jpeg())).statusCode).toBe(403)
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
      for (const answer of [await photoOf(person, bytes), await imagesOf([bytes])]) {
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
    const answer = await imagesOf([await picture.jpeg(), await picture.png(), picture.HTML])
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
    const answer = await imagesOf(Array(11).fill(one))
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

describe('pictures of products', () => {
  test('are public, temporary until used, and their stored bytes begin as our encoder writes them', async () => {
    const answer = await imagesOf([await picture.jpegFromPhone(), await picture.png()])
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
    const objects: string[] = []
    for await (const { key } of app.blobs.list('')) if (key.includes(file.storage_key)) objects.push(key)
    expect(objects).toHaveLength(4)
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
  const objects: string[] = []
  for await (const { key } of app.blobs.list('derived/'))
    if (key.includes(file.storage_key)) objects.push(key)
  expect(objects).toEqual([])
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

describe('addresses that clients give back', () => {
  const own_kinds = ['person', 'product'] as const
  const resolve = async (urls: string[], account_id: number, product_pictures = false) => {
    const rules = { media_origin: app.config.media_origin, account_id, own_kinds, product_pictures }
    const files = await resolveOwnedMedia(app.db, urls, rules)
    return files.map((file) => file?.storage_key ?? null)
  }

  test('own pictures are found by address or path, with or without a signature, at any width', async () => {
    const { url, storage_key } = await app.given.picture(person.account_id, 'person')
    const path = new URL(url).pathname
    const urls = [url, path, path.replace('original', '640'), `http://localhost:8000${path}`]
    expect(await resolve(urls, person.account_id)).toEqual(Array(4).fill(storage_key))
  })

  test('everything else is nobody: foreign pictures, foreign hosts, paths, other schemes', async () => {
    const { url, storage_key } = await app.given.picture(person.account_id, 'person')
    const path = new URL(url).pathname
    expect(await resolve([url], shop.account_id)).toEqual([null])
    const strange = [
      `https://evil.example${path}`,
      `//evil.example${path}`,
      `http://localhost:8000@evil.example${path}`,
      `file://${path}`,
      `/media/../media/${storage_key}/../../etc/passwd`,
      '../../etc/passwd',
      'data:image/png;base64,AAAA',
      storage_key,
      '',
    ]
    expect(await resolve(strange, person.account_id)).toEqual(strange.map(() => null))
  })

  test('pictures of cards are for everybody where the caller allows it, temporary ones are not', async () => {
    const file = await app.given.picture(shop.account_id, 'product')
    expect(await resolve([file.url], person.account_id, true)).toEqual([null])
    await inTransaction(app.db, (tx) => linkMedia(tx, [file.storage_key], app.clock.now()))
    expect(await resolve([file.url], person.account_id, true)).toEqual([file.storage_key])
    expect(await resolve([file.url], person.account_id, false)).toEqual([null])
  })
})

describe('what nothing refers to goes', () => {
  test('temporary files and all their sizes are deleted after their end, linked ones stay', async () => {
    const bytes = await picture.jpeg(700, 900)
    const make = () => storePicture(app.media, { owner_account_id: shop.account_id, kind: 'product', bytes })
    const [temporary, linked, unlinked] = [await make(), await make(), await make()]
    const keys = [linked.storage_key, unlinked.storage_key]
    await inTransaction(app.db, (tx) => linkMedia(tx, keys, app.clock.now()))
    await app.http.inject(pathOf(mediaUrl(app.media, temporary, { width: 320 })))
    const now = app.clock.now()
    app.clock.advance(25 * HOUR_MS)
    await inTransaction(app.db, (tx) => unlinkMedia(tx, [unlinked.storage_key], app.clock.now()))
    await purgeExpiredMedia(app.media)
    expect(await left([temporary, linked, unlinked])).toEqual([
      [false, 0],
      [true, 1],
      [true, 1],
    ])
    app.clock.advance(25 * HOUR_MS)
    await purgeExpiredMedia(app.media)
    expect(await left([linked, unlinked])).toEqual([
      [true, 1],
      [false, 0],
    ])
    app.clock.set(now)
  })

  test('a run that stopped after marking is finished by the next, and a marked file is served to nobody', async () => {
    const file = await app.given.picture(shop.account_id, 'product')
    const past = new Date(app.clock.now().getTime() - 1_000)
    await app.db
      .updateTable('media.files')
      .set({ deleted_at: past, expires_at: past })
      .where('id', '=', file.id)
      .execute()
    expect((await app.http.inject(pathOf(file.url))).statusCode).toBe(404)
    await purgeExpiredMedia(app.media)
    expect(await left([file])).toEqual([[false, 0]])
  })

  async function left(files: { id: number; storage_key: string }[]) {
    const objects: string[] = []
    for await (const { key } of app.blobs.list('')) objects.push(key)
    const rows = await app.db.selectFrom('media.files').select('id').execute()
    return files.map((file) => [
      rows.some((row) => row.id === file.id),
      objects.filter((key) => key.includes(file.storage_key)).length,
    ])
  }
})

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
  const names = readdirSync(join(app.config.data_folder), { recursive: true }).map(String)
  expect(names.filter((name) => /\.(html?|svg|js|php|jpe?g|png)$/i.test(name))).toEqual([])
})

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

function keyOf(url: string): string {
  return url.split('/')[4] ?? ''
}
