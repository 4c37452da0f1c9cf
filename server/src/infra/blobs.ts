import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'

/**
 * Stored files: pictures, exports. Keys are made by us, never by a caller of the API.
 * @throws BlobsUnavailable from every function, when the store does not answer or refuses our credentials
 */
export interface Blobs {
  /**
   * Whole or not at all; an existing key is replaced. A stream is read to its end.
   * @throws BlobTooLarge past `BLOB_BYTES_MAX` · BlobCorrupted when the body does not match `sha256`; nothing is stored
   */
  put(key: string, body: Uint8Array | Readable, meta: BlobMeta): Promise<{ bytes: number }>
  /**
   * As `put`, for what may be larger than memory: read as it comes, stored whole or not at all.
   * @throws whatever the stream fails with; nothing is stored then
   */
  putLarge(key: string, body: Readable, meta: Omit<BlobMeta, 'sha256'>): Promise<{ bytes: number }>
  /** null when there is no such key. The reader must consume or destroy `body`, else a connection stays taken. */
  open(key: string): Promise<OpenBlob | null>
  /** Keys that do not exist are passed over. */
  delete(keys: string[]): Promise<void>
  exists(key: string): Promise<boolean>
  /** In the order of the keys' bytes, after `after`. For sweeps: may read the whole listing. */
  list(prefix: string, after?: string): AsyncIterable<ListedBlob>
  health(): Promise<void>
  close(): void
}

export type BlobMeta = {
  content_type: string
  /** Who may cache it: `public` everybody and for ever, `private` nobody. Access itself is decided by the caller. */
  visibility: 'public' | 'private'
  /** Hex. */
  sha256?: string
}
export type OpenBlob = { body: Readable; bytes: number; content_type: string }
export type ListedBlob = { key: string; bytes: number; modified_at: Date }

/** What `put` takes: pictures and small documents. Larger ones go by `putLarge`. */
export const BLOB_BYTES_MAX = 25 * 1024 * 1024

export class BlobsUnavailable extends Error {
  constructor(during: string, cause: unknown) {
    super(`file store is away (${during})`, { cause })
    this.name = 'BlobsUnavailable'
  }
}

export class BlobTooLarge extends Error {
  constructor() {
    super(`file is larger than ${BLOB_BYTES_MAX} bytes`)
    this.name = 'BlobTooLarge'
  }
}

export class BlobCorrupted extends Error {
  constructor() {
    super('file differs from its checksum')
    this.name = 'BlobCorrupted'
  }
}

const KEY = /^[a-z0-9][a-z0-9/_.-]{0,200}$/

/**
 * Keys are paths of lower-case segments. A segment starts with a letter, a digit, `_` or `-`: no `..`, no hidden
 * files, no empty segments.
 * @throws RangeError a key that is none is a mistake of ours
 */
export function assertBlobKey(key: string): void {
  if (KEY.test(key) && key.split('/').every((segment) => /^[a-z0-9_-]/.test(segment)) && !key.includes('..'))
    return
  throw new RangeError('not a key of a stored file')
}

/**
 * The whole body in memory, before the store is touched: a broken upload is then never mistaken for a broken store,
 * and S3 wants to know the length first anyway.
 * @throws BlobTooLarge · BlobCorrupted · whatever the stream fails with
 */
export async function collect(body: Uint8Array | Readable, meta: BlobMeta): Promise<Uint8Array> {
  const whole = body instanceof Uint8Array ? body : await drain(body)
  if (whole.byteLength > BLOB_BYTES_MAX) throw new BlobTooLarge()
  const wanted = meta.sha256?.toLowerCase()
  if (wanted !== undefined && createHash('sha256').update(whole).digest('hex') !== wanted)
    throw new BlobCorrupted()
  return whole
}

async function drain(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes, not of text or objects')
    bytes += chunk.byteLength
    // Leaving the loop destroys the stream, so the rest is not even received.
    if (bytes > BLOB_BYTES_MAX) throw new BlobTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Runs `write` while it reads `body`. A stream that breaks is the caller's failure, not the store's. */
export async function readingFrom<T>(body: Readable, write: () => Promise<T>): Promise<T> {
  let broken: unknown
  const onError = (error: unknown) => {
    broken = error
  }
  body.once('error', onError)
  try {
    return await write()
  } catch (error) {
    throw broken ?? error
  } finally {
    body.off('error', onError)
    // The rest of it is of no use to anybody; what breaks now is not either.
    body.on('error', () => undefined)
    body.destroy()
  }
}
