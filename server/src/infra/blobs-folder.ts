import { createHash, randomUUID } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import {
  access,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  assertBlobKey,
  type BlobMeta,
  type Blobs,
  BlobsUnavailable,
  collect,
  type ListedBlob,
  type OpenBlob,
  readingFrom,
} from './blobs.ts'

/** Less than this and a put is refused before it starts half a file. */
const FREE_BYTES_MIN = 64 * 1024 * 1024
/** A temporary file of this age belongs to a process that died. */
const ABANDONED_MS = 24 * 3_600_000
const META_SUFFIX = '~meta'

type Place = { shard: string; file: string; meta_file: string }

/**
 * Files in a local folder, for one machine: `<root>/<first byte of the key's SHA-256>/<key with ~ for />`, and beside
 * each a small `…~meta` with its content type. Neither character can stand in a key, so nothing collides.
 * Written to a temporary file, flushed, then renamed: a crash leaves the old file or the new one, never half.
 */
export async function createFolderBlobs(folder: string): Promise<Blobs> {
  await mkdir(folder, { recursive: true })
  // The folder itself may be a link to a larger disk; nothing inside it may be one.
  const root = await realpath(folder)
  const temporary = join(root, 'tmp')
  await mkdir(temporary, { recursive: true })
  await sweepAbandoned(temporary)

  return {
    async put(key, body, meta) {
      const place = placeOf(root, key)
      const whole = await collect(body, meta)
      await guarded('put', async () => {
        await makeShard(root, place.shard)
        const [written, noted] = await Promise.all([
          writeDurably(temporary, whole),
          writeDurably(temporary, Buffer.from(JSON.stringify(storedMeta(meta)))),
        ])
        // The file last: as soon as it is there it can be read, and its type with it.
        await rename(noted, place.meta_file)
        await rename(written, place.file)
        await flushFolder(place.shard)
      })
      return { bytes: whole.byteLength }
    },

    async putLarge(key, body, meta) {
      const place = placeOf(root, key)
      return readingFrom(body, () =>
        guarded('put', async () => {
          await makeShard(root, place.shard)
          const written = await streamDurably(temporary, body)
          const noted = await writeDurably(temporary, Buffer.from(JSON.stringify(storedMeta(meta))))
          await rename(noted, place.meta_file)
          await rename(written.path, place.file)
          await flushFolder(place.shard)
          return { bytes: written.bytes }
        }),
      )
    },

    async open(key) {
      const place = placeOf(root, key)
      return guarded('open', () => orNull(() => openFile(place)))
    },

    async delete(keys) {
      const places = keys.map((key) => placeOf(root, key))
      await guarded('delete', async () => {
        for (const place of places) {
          await orNull(() => unlink(place.file))
          await orNull(() => unlink(place.meta_file))
        }
      })
    },

    async exists(key) {
      const place = placeOf(root, key)
      return guarded('exists', async () => (await orNull(() => lstat(place.file)))?.isFile() ?? false)
    },

    list: (prefix, after) => listFolder(root, prefix, after),

    async health() {
      await guarded('health', async () => {
        await access(root, constants.R_OK | constants.W_OK | constants.X_OK)
        const { bavail, bsize } = await statfs(root)
        if (bavail * bsize < FREE_BYTES_MIN) throw new Error('the disk is full')
      })
    },

    close: () => undefined,
  }
}

function placeOf(root: string, key: string): Place {
  assertBlobKey(key)
  const shard = join(root, createHash('sha256').update(key).digest('hex').slice(0, 2))
  const file = join(shard, key.replaceAll('/', '~'))
  return { shard, file, meta_file: file + META_SUFFIX }
}

async function makeShard(root: string, shard: string): Promise<void> {
  if ((await mkdir(shard, { recursive: true })) !== undefined) await flushFolder(root)
  if (!(await lstat(shard)).isDirectory()) throw new Error('a folder of the store is a link')
}

async function writeDurably(folder: string, body: Uint8Array): Promise<string> {
  const path = join(folder, randomUUID())
  try {
    // `wx`: the name is new, so nobody can have put a link there. `flush`: on the disk before it gets its name.
    await writeFile(path, body, { flag: 'wx', mode: 0o600, flush: true })
    return path
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function streamDurably(folder: string, body: Readable): Promise<{ path: string; bytes: number }> {
  const path = join(folder, randomUUID())
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(body, file)
    return { path, bytes: file.bytesWritten }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** A rename is only durable when the folder that holds the name is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function openFile(place: Place): Promise<OpenBlob> {
  if (!(await lstat(place.shard)).isDirectory()) throw new Error('a folder of the store is a link')
  const file = await open(place.file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { size } = await file.stat()
    const { content_type } = parseMeta(
      await readFile(place.meta_file, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW }),
    )
    return { body: file.createReadStream({ start: 0 }), bytes: size, content_type }
  } catch (error) {
    await file.close()
    throw error
  }
}

function storedMeta(meta: BlobMeta): { content_type: string; visibility: string } {
  return { content_type: meta.content_type, visibility: meta.visibility }
}

function parseMeta(text: string): { content_type: string } {
  const meta: unknown = JSON.parse(text)
  if (
    typeof meta === 'object' &&
    meta !== null &&
    'content_type' in meta &&
    typeof meta.content_type === 'string'
  ) {
    return { content_type: meta.content_type }
  }
  throw new Error('the note beside a file is unreadable')
}

async function* listFolder(root: string, prefix: string, after = ''): AsyncGenerator<ListedBlob> {
  const shards = await guarded('list', () => readdir(root))
  const found: { key: string; path: string }[] = []
  for (const shard of shards.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of await guarded('list', () => readdir(join(root, shard)))) {
      const key = name.replaceAll('~', '/')
      const wanted = !name.endsWith(META_SUFFIX) && key.startsWith(prefix) && key > after
      if (wanted) found.push({ key, path: join(root, shard, name) })
    }
  }
  // Keys are ASCII: the order of code units is that of bytes.
  found.sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const { key, path } of found) {
    const stats = await guarded('list', () => orNull(() => lstat(path)))
    if (stats?.isFile()) yield { key, bytes: stats.size, modified_at: stats.mtime }
  }
}

async function sweepAbandoned(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name)
    const stats = await orNull(() => stat(path))
    if (stats && Date.now() - stats.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null
    throw error
  }
}

async function guarded<T>(during: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new BlobsUnavailable(during, error)
  }
}
