import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#test/database.ts'
import { type S3Server, startS3 } from '#test/s3.ts'
import { startSilentServer } from '#test/smtp.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'
import { type BlobMeta, BlobsUnavailable } from './blobs.ts'
import { createS3Blobs } from './blobs-s3.ts'
import { connect, inTransaction } from './db.ts'

const WEBP: BlobMeta = { content_type: 'image/webp', visibility: 'public' }
let server: S3Server

beforeAll(async () => {
  server = await startS3()
})
afterAll(() => server.stop())

test('a listing of many pages is complete, and so is a deletion of more keys than one request takes', async () => {
  const blobs = createS3Blobs(server)
  const keys = Array.from({ length: 1_005 }, (_, i) => `many/${String(i).padStart(4, '0')}`)
  for (let from = 0; from < keys.length; from += 50) {
    await Promise.all(keys.slice(from, from + 50).map((key) => blobs.put(key, new Uint8Array(1), WEBP)))
  }
  const listed: string[] = []
  for await (const { key } of blobs.list('many/')) listed.push(key)
  expect(listed).toEqual(keys)
  await blobs.delete(keys)
  for await (const { key } of blobs.list('many/')) expect(key).toBe(undefined)
  blobs.close()
}, 60_000)

test('who may cache a file is stored with it', async () => {
  const blobs = createS3Blobs(server)
  await blobs.put('p/public', Buffer.from('1'), WEBP)
  await blobs.put('p/private', Buffer.from('1'), { ...WEBP, visibility: 'private' })
  // s3rver lets everybody read, so the headers can be looked at without signing.
  const headers = await Promise.all(
    ['public', 'private'].map(
      async (name) => (await fetch(`${server.endpoint}/${server.bucket}/p/${name}`)).headers,
    ),
  )
  expect(headers.map((h) => h.get('cache-control'))).toEqual([
    'public, max-age=31536000, immutable',
    'private, no-store',
  ])
  blobs.close()
})

test('a store that is gone is named so, soon, and used again when it is back', async () => {
  const first = await startS3()
  const blobs = createS3Blobs(first)
  await blobs.health()
  await first.stop()
  const started = performance.now()
  for (const attempt of [
    () => blobs.put('a', Buffer.from('1'), WEBP),
    () => blobs.open('a'),
    () => blobs.exists('a'),
    () => blobs.delete(['a']),
    () => blobs.list('a')[Symbol.asyncIterator]().next(),
    () => blobs.health(),
  ]) {
    await expect(attempt()).rejects.toThrow(BlobsUnavailable)
  }
  expect(performance.now() - started).toBeLessThan(10_000)
  const again = await startS3({ port: Number(new URL(first.endpoint).port) })
  await blobs.put('a', Buffer.from('1'), WEBP)
  expect(await blobs.exists('a')).toBe(true)
  blobs.close()
  await again.stop()
})

test('a connection that breaks is tried again without the caller noticing', async () => {
  const proxy = await startTcpProxy(Number(new URL(server.endpoint).port))
  const blobs = createS3Blobs({ ...server, endpoint: `http://127.0.0.1:${proxy.port}` })
  await blobs.put('cut', Buffer.from('1'), WEBP)
  const put = blobs.put('cut/2', Buffer.alloc(5_000_000), WEBP)
  await pause(5)
  proxy.cut()
  await put
  expect(await blobs.exists('cut/2')).toBe(true)
  blobs.close()
  await proxy.stop()
})

test('a store that never answers is given up after the limit', async () => {
  const silent = await startSilentServer()
  const blobs = createS3Blobs({ ...server, endpoint: `http://127.0.0.1:${silent.port}`, timeout_ms: 300 })
  const started = performance.now()
  await expect(blobs.put('a', Buffer.from('1'), WEBP)).rejects.toThrow(BlobsUnavailable)
  expect(performance.now() - started).toBeLessThan(2_000)
  blobs.close()
  await silent.stop()
})

test('a reader may take longer than the limit of the call', async () => {
  const blobs = createS3Blobs({ ...server, timeout_ms: 500 })
  const body = Buffer.alloc(8_000_000, 7)
  await blobs.put('slow', body, WEBP)
  const found = await blobs.open('slow')
  await pause(800)
  expect(found && (await buffer(found.body)).equals(body)).toBe(true)
  blobs.close()
})

test('a bucket that does not exist is a broken store, not a missing file', async () => {
  const blobs = createS3Blobs({ ...server, bucket: 'nowhere' })
  await expect(blobs.open('a')).rejects.toThrow(BlobsUnavailable)
  await expect(blobs.health()).rejects.toThrow(BlobsUnavailable)
  blobs.close()
})

test('inside a database transaction nothing goes over the network', async () => {
  const database = await createTestDatabase()
  const { db, close } = connect(
    { url: database.url, pool_size: 2, application_name: 'blobs-test' },
    pino({ level: 'silent' }),
  )
  const blobs = createS3Blobs(server)
  await expect(inTransaction(db, () => blobs.put('tx', Buffer.from('1'), WEBP))).rejects.toThrow(
    'inside a database transaction',
  )
  expect(await blobs.exists('tx')).toBe(false)
  blobs.close()
  await close()
  await database.drop()
})

test('the secret is in no error', async () => {
  const blobs = createS3Blobs({
    ...server,
    secret_access_key: 'hunter2hunter2',
    endpoint: 'http://127.0.0.1:1',
  })
  const error: unknown = await blobs.health().catch((reason: unknown) => reason)
  const seen: string[] = []
  for (let at = error; at instanceof Error; at = at.cause)
    seen.push(JSON.stringify(at, Object.getOwnPropertyNames(at)))
  expect(seen.length).toBeGreaterThan(1)
  expect(seen.join()).not.toContain('hunter2')
  blobs.close()
})
