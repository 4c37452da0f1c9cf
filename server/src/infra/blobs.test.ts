import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startS3 } from '#test/s3.ts'
import { BLOB_BYTES_MAX, BlobCorrupted, type BlobMeta, type Blobs, BlobTooLarge } from './blobs.ts'
import { openBlobs } from './blobs-open.ts'

type Opened = { blobs: Blobs; stop: () => Promise<void> }

async function onFolder(): Promise<Opened> {
  const data_folder = await mkdtemp(join(tmpdir(), 'leema-blobs-'))
  return {
    blobs: await openBlobs({ s3: null, data_folder }),
    stop: () => rm(data_folder, { recursive: true }),
  }
}

async function onS3(): Promise<Opened> {
  const { stop, ...s3 } = await startS3()
  return { blobs: await openBlobs({ s3, data_folder: '/nowhere' }), stop }
}

const WEBP: BlobMeta = { content_type: 'image/webp', visibility: 'public' }

describe.each([
  ['a folder', onFolder],
  ['S3', onS3],
])('in %s', (_name, open) => {
  let opened: Opened
  let blobs: Blobs
  const key = () => `t/${randomUUID()}.webp`

  beforeAll(async () => {
    opened = await open()
    blobs = opened.blobs
  })
  afterAll(async () => {
    blobs.close()
    await opened.stop()
  })

  async function read(k: string) {
    const found = await blobs.open(k)
    return found && { body: await buffer(found.body), bytes: found.bytes, content_type: found.content_type }
  }
  async function listed(prefix: string, after?: string) {
    const keys: string[] = []
    for await (const { key: k } of blobs.list(prefix, after)) keys.push(k)
    return keys
  }

  test('what was put is read back byte for byte, with its type', async () => {
    const k = key()
    const body = randomBytes(300_000)
    expect(
      await blobs.put(k, body, { ...WEBP, sha256: createHash('sha256').update(body).digest('hex') }),
    ).toEqual({ bytes: 300_000 })
    const found = await read(k)
    expect(found?.body.equals(body)).toBe(true)
    expect(found).toMatchObject({ bytes: 300_000, content_type: 'image/webp' })
  })

  test('a type that the name does not tell, and an empty file', async () => {
    await blobs.put('exports/42', new Uint8Array(0), {
      content_type: 'text/csv; charset=utf-8',
      visibility: 'private',
    })
    expect(await read('exports/42')).toEqual({
      body: Buffer.alloc(0),
      bytes: 0,
      content_type: 'text/csv; charset=utf-8',
    })
  })

  test('a stream is stored whole', async () => {
    const k = key()
    const chunks = Array.from({ length: 50 }, () => randomBytes(10_000))
    expect(await blobs.put(k, Readable.from(chunks), WEBP)).toEqual({ bytes: 500_000 })
    expect((await read(k))?.body.equals(Buffer.concat(chunks))).toBe(true)
  })

  test('a stream that breaks stores nothing, and its own error is told', async () => {
    const k = key()
    async function* broken() {
      yield randomBytes(1_000)
      throw new Error('the client hung up')
    }
    await expect(blobs.put(k, Readable.from(broken()), WEBP)).rejects.toThrow('the client hung up')
    expect(await blobs.exists(k)).toBe(false)
  })

  test('a body that differs from its checksum, or is too large, stores nothing', async () => {
    const k = key()
    const wrong = { ...WEBP, sha256: createHash('sha256').update('other').digest('hex') }
    await expect(blobs.put(k, Buffer.from('this'), wrong)).rejects.toThrow(BlobCorrupted)
    await expect(blobs.put(k, Readable.from([Buffer.from('this')]), wrong)).rejects.toThrow(BlobCorrupted)
    await expect(blobs.put(k, Buffer.alloc(BLOB_BYTES_MAX + 1), WEBP)).rejects.toThrow(BlobTooLarge)
    const endless = Readable.from(
      (async function* () {
        for (;;) yield Buffer.alloc(1_048_576)
      })(),
    )
    await expect(blobs.put(k, endless, WEBP)).rejects.toThrow(BlobTooLarge)
    expect(endless.destroyed).toBe(true)
    expect(await blobs.exists(k)).toBe(false)
  })

  test.each([
    ['less than one part', 1_000, 7],
    ['exactly two parts', 1_048_576, 16],
    ['more than is ever in memory', 1_000_000, 30],
  ])('a large stream is stored whole: %s', async (_size, bytes, count) => {
    const k = key()
    const chunks = Array.from({ length: count }, () => randomBytes(bytes))
    expect(await blobs.putLarge(k, Readable.from(chunks), WEBP)).toEqual({ bytes: bytes * count })
    const found = await read(k)
    expect(found?.body.equals(Buffer.concat(chunks))).toBe(true)
    expect(found?.content_type).toBe('image/webp')
  })

  test('a large stream that breaks, at once or late, stores nothing, and its own error is told', async () => {
    for (const count of [0, 12]) {
      const k = key()
      const body = Readable.from(
        (async function* () {
          for (let chunk = 0; chunk < count; chunk += 1) yield randomBytes(1_000_000)
          throw new Error('the pictures are away')
        })(),
      )
      await expect(blobs.putLarge(k, body, WEBP)).rejects.toThrow('the pictures are away')
      expect(await blobs.exists(k)).toBe(false)
      expect(body.destroyed).toBe(true)
    }
  })

  test('the largest file allowed is stored', async () => {
    const k = key()
    const body = randomBytes(BLOB_BYTES_MAX)
    await blobs.put(k, body, WEBP)
    expect((await read(k))?.body.equals(body)).toBe(true)
  })

  test('putting again replaces body and type', async () => {
    const k = key()
    await blobs.put(k, Buffer.from('first, and longer'), WEBP)
    await blobs.put(k, Buffer.from('second'), { content_type: 'image/png', visibility: 'public' })
    expect(await read(k)).toEqual({ body: Buffer.from('second'), bytes: 6, content_type: 'image/png' })
  })

  test('many put the same key at once: one of the bodies is there, whole', async () => {
    const k = key()
    const bodies = Array.from({ length: 20 }, (_, i) => Buffer.alloc(50_000 + i, i))
    await Promise.all(bodies.map((body) => blobs.put(k, body, WEBP)))
    const found = await read(k)
    expect(bodies.some((body) => found?.body.equals(body))).toBe(true)
    expect(found?.bytes).toBe(found?.body.byteLength)
  })

  test('deleting takes the named keys, forgives missing ones, and leaves the rest', async () => {
    const [a, b, c] = [key(), key(), key()]
    for (const k of [a, b, c]) await blobs.put(k, Buffer.from(k), WEBP)
    await blobs.delete([a, key(), b])
    expect([await read(a), await blobs.exists(b), await blobs.exists(c)]).toEqual([null, false, true])
    await blobs.delete([])
    expect(await blobs.exists(c)).toBe(true)
  })

  test('a key and a longer key below it do not disturb each other', async () => {
    await blobs.put('nest/a', Buffer.from('1'), WEBP)
    await blobs.put('nest/a/b', Buffer.from('2'), WEBP)
    await blobs.delete(['nest/a'])
    expect((await read('nest/a/b'))?.body.toString()).toBe('2')
    expect(await read('nest/a')).toBe(null)
  })

  test('a listing is in order, knows sizes and times, and goes on after any key', async () => {
    const keys = ['l/a-1', 'l/a.1', 'l/a1', 'l/a_1', 'l/aa', 'l/b.webp']
    const before = Date.now()
    for (const [i, k] of keys.entries()) await blobs.put(k, Buffer.alloc(i), WEBP)
    await blobs.put('la', Buffer.alloc(1), WEBP)
    expect(await listed('l/')).toEqual(keys)
    expect(await listed('l/a')).toEqual(keys.filter((k) => k.startsWith('l/a')))
    for (const [i, k] of keys.entries()) expect(await listed('l/', k)).toEqual(keys.slice(i + 1))
    let i = 0
    for await (const { bytes, modified_at } of blobs.list('l/')) {
      expect(bytes).toBe(i)
      expect(Math.abs(modified_at.getTime() - before)).toBeLessThan(10_000)
      i += 1
    }
    expect(await listed('nothing/')).toEqual([])
  })

  test.each([
    '',
    '/a',
    '../a',
    'a/../b',
    'a//b',
    'a/',
    'A',
    'a b',
    'a\0',
    'a/.hidden',
    '.a',
    'ж',
    `a${'b'.repeat(201)}`,
    'a~b',
    'a\\b',
    'a..b',
  ])('refuses the key %j', async (k) => {
    await expect(blobs.put(k, Buffer.from('x'), WEBP)).rejects.toThrow(RangeError)
    await expect(blobs.putLarge(k, Readable.from([Buffer.from('x')]), WEBP)).rejects.toThrow(RangeError)
    await expect(blobs.open(k)).rejects.toThrow(RangeError)
    await expect(blobs.exists(k)).rejects.toThrow(RangeError)
    await expect(blobs.delete(['fine', k])).rejects.toThrow(RangeError)
  })

  test('health is quiet', async () => {
    await blobs.health()
  })
})
