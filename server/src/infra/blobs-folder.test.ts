import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BlobMeta, type Blobs, BlobsUnavailable } from './blobs.ts'
import { createFolderBlobs } from './blobs-folder.ts'

const WEBP: BlobMeta = { content_type: 'image/webp', visibility: 'private' }
let folder: string
let blobs: Blobs

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leema-folder-'))
  blobs = await createFolderBlobs(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Every file of the store, by its path below the root. */
async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

test('files lie in shards, can be looked at by their name, and only their owner can read them', async () => {
  await blobs.put('products/7/front.webp', Buffer.from('picture'), WEBP)
  const stored = (await files()).sort()
  expect(stored).toHaveLength(2)
  expect(stored[0]).toMatch(/^[0-9a-f]{2}\/products~7~front\.webp$/)
  expect(await readFile(join(folder, stored[0] ?? ''), 'utf8')).toBe('picture')
  expect((await stat(join(folder, stored[0] ?? ''))).mode & 0o777).toBe(0o600)
})

test('keys with / and - and . are listed in the order of their bytes, also when one is the beginning of another', async () => {
  const keys = ['l/a', 'l/a-1', 'l/a.1', 'l/a/1', 'l/a1', 'l/a_1', 'l/aa']
  for (const key of keys.toReversed()) await blobs.put(key, Buffer.from(key), WEBP)
  const listed: string[] = []
  for await (const { key } of blobs.list('l/')) listed.push(key)
  expect(listed).toEqual(keys)
})

test('a failed put leaves nothing behind, not even a temporary file', async () => {
  await blobs.put('a', Buffer.from('old'), WEBP)
  const before = (await files()).sort()
  await expect(blobs.put('a', Buffer.from('new'), { ...WEBP, sha256: 'f'.repeat(64) })).rejects.toThrow()
  // The disk refuses in the middle: the shard has become a file.
  const shard = (before[0] ?? '').split('/')[0] ?? ''
  await rm(join(folder, shard), { recursive: true })
  await writeFile(join(folder, shard), '')
  await expect(blobs.put('a', Buffer.from('new'), WEBP)).rejects.toThrow(BlobsUnavailable)
  expect(await files()).toEqual([shard])
})

test('a process killed while it writes leaves every file whole, old or new', async () => {
  const module_url = new URL('./blobs-folder.ts', import.meta.url).href
  const script = `
    import { createFolderBlobs } from ${JSON.stringify(module_url)}
    const blobs = await createFolderBlobs(${JSON.stringify(folder)})
    console.log('writing')
    for (let i = 1; ; i += 1) {
      await Promise.all(['k/1', 'k/2', 'k/3'].map((key) =>
        blobs.put(key, Buffer.alloc(400_000, i % 256), { content_type: 'image/webp', visibility: 'public' })))
    }`
  for (let round = 0; round < 5; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, 60 + round * 17))
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (const key of ['k/1', 'k/2', 'k/3']) {
      const found = await blobs.open(key)
      if (!found) continue
      const body = await buffer(found.body)
      expect(body.byteLength).toBe(400_000)
      expect(new Set(body).size).toBe(1)
      expect(found.content_type).toBe('image/webp')
    }
  }
  expect((await files()).some((file) => file.includes('k~1'))).toBe(true)
})

test('what a dead process left in tmp is swept after a day, and younger files are not', async () => {
  for (const [name, hours] of [
    ['old', 25],
    ['young', 1],
  ] as const) {
    await writeFile(join(folder, 'tmp', name), 'half')
    const then = new Date(Date.now() - hours * 3_600_000)
    await utimes(join(folder, 'tmp', name), then, then)
  }
  await createFolderBlobs(folder)
  expect(await readdir(join(folder, 'tmp'))).toEqual(['young'])
})

test('no link inside the store is followed, for reading or for writing', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'leema-outside-'))
  await writeFile(join(outside, 'secret'), 'secret')
  await blobs.put('x', Buffer.from('mine'), WEBP)
  const [file = ''] = (await files()).filter((path) => path.endsWith('/x'))
  const [shard = ''] = file.split('/')

  await rm(join(folder, file))
  await symlink(join(outside, 'secret'), join(folder, file))
  await expect(blobs.open('x')).rejects.toThrow(BlobsUnavailable)
  expect(await blobs.exists('x')).toBe(false)
  const listed: string[] = []
  for await (const { key } of blobs.list('')) listed.push(key)
  expect(listed).toEqual([])
  await blobs.put('x', Buffer.from('mine again'), WEBP)
  expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')

  await rm(join(folder, shard), { recursive: true })
  await symlink(outside, join(folder, shard))
  await expect(blobs.put('x', Buffer.from('mine'), WEBP)).rejects.toThrow(BlobsUnavailable)
  await expect(blobs.open('x')).rejects.toThrow(BlobsUnavailable)
  expect(await readdir(outside)).toEqual(['secret'])
  await rm(outside, { recursive: true })
})

test('the folder itself may be a link to a larger disk', async () => {
  const disk = await mkdtemp(join(tmpdir(), 'leema-disk-'))
  await symlink(disk, join(folder, 'link'))
  const there = await createFolderBlobs(join(folder, 'link'))
  await there.put('a', Buffer.from('1'), WEBP)
  const found = await there.open('a')
  expect(found && (await text(found.body))).toBe('1')
  await rm(disk, { recursive: true })
})

test('health fails when the folder is gone', async () => {
  await blobs.health()
  await rm(folder, { recursive: true })
  await expect(blobs.health()).rejects.toThrow(BlobsUnavailable)
  await mkdir(folder)
  await chmod(folder, 0o700)
  await blobs.health()
})

test('two stores on one folder, as two processes have them, see the same files', async () => {
  const other = await createFolderBlobs(folder)
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      (i % 2 ? blobs : other).put(`many/${i}`, Buffer.from(String(i)), WEBP),
    ),
  )
  for (let i = 0; i < 40; i += 1) {
    const found = await (i % 2 ? other : blobs).open(`many/${i}`)
    expect(found && (await text(found.body))).toBe(String(i))
  }
})
