import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {
  assertBlobKey,
  type BlobMeta,
  type Blobs,
  BlobsUnavailable,
  collect,
  type ListedBlob,
  readingFrom,
} from './blobs.ts'
import { assertNoTransaction } from './db.ts'

export type S3Options = {
  /** null: AWS itself, found by the region. */
  endpoint: string | null
  region: string
  bucket: string
  access_key_id: string
  secret_access_key: string
  /** `https://host/bucket/key` instead of `https://bucket.host/key`. Default: with an endpoint yes, all of them know it. */
  path_style?: boolean
  /** Longest wait of one call, with its repetitions. Default 20 s: the largest file at a slow 2 MB/s, and the answer. */
  timeout_ms?: number
}

const CONNECT_MS = 3_000
const CALL_MS = 20_000
/** A download may stand still this long, because its reader is slow, before its connection is given up. */
const STANDSTILL_MS = 60_000
const ATTEMPTS = 3
/** The most that one DeleteObjects takes. */
const DELETE_MAX = 1_000

/** Any store that speaks S3: AWS, Cloudflare R2, Yandex, MinIO. Never inside a database transaction. */
export function createS3Blobs(options: S3Options): Blobs {
  const { bucket, timeout_ms = CALL_MS } = options
  const s3 = makeClient(options)
  const guarded = <T>(during: string, work: (limit: Limit) => Promise<T>) => guard(during, timeout_ms, work)

  return {
    async put(key, body, meta) {
      assertBlobKey(key)
      const whole = await collect(body, meta)
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, ...putInput(whole, meta) })
      await guarded('put', (limit) => s3.send(command, limit))
      return { bytes: whole.byteLength }
    },

    async putLarge(key, body, meta) {
      assertBlobKey(key)
      return readingFrom(body, () => putParts({ s3, guarded }, { Bucket: bucket, Key: key }, { body, meta }))
    },

    async open(key) {
      assertBlobKey(key)
      const command = new GetObjectCommand({ Bucket: bucket, Key: key })
      return guarded('open', async (limit) => {
        const found = await orNull(() => s3.send(command, limit))
        if (!found) return null
        if (!(found.Body instanceof Readable)) throw new Error('the answer has no body')
        return {
          body: found.Body,
          bytes: found.ContentLength ?? 0,
          content_type: found.ContentType ?? 'application/octet-stream',
        }
      })
    },

    async delete(keys) {
      keys.forEach(assertBlobKey)
      for (let from = 0; from < keys.length; from += DELETE_MAX) {
        const Objects = keys.slice(from, from + DELETE_MAX).map((Key) => ({ Key }))
        const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } })
        await guarded('delete', async (limit) => {
          const answer = await s3.send(command, limit)
          // The request may succeed while single keys fail.
          const failed = answer.Errors?.filter((error) => error.Code !== 'NoSuchKey') ?? []
          if (failed.length > 0) throw new Error(`${failed.length} keys were not deleted: ${failed[0]?.Code}`)
        })
      }
    },

    async exists(key) {
      assertBlobKey(key)
      const command = new HeadObjectCommand({ Bucket: bucket, Key: key })
      return guarded('exists', async (limit) => (await orNull(() => s3.send(command, limit))) !== null)
    },

    list: (prefix, after) =>
      listPages(prefix, after, (input) => {
        const command = new ListObjectsV2Command({ ...input, Bucket: bucket })
        return guarded('list', (limit) => s3.send(command, limit))
      }),

    async health() {
      const command = new HeadBucketCommand({ Bucket: bucket })
      await guarded('health', (limit) => s3.send(command, limit))
    },

    close: () => s3.destroy(),
  }
}

function makeClient(options: S3Options): S3Client {
  const { endpoint, region, access_key_id, secret_access_key } = options
  return new S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint }),
    forcePathStyle: options.path_style ?? endpoint !== null,
    credentials: { accessKeyId: access_key_id, secretAccessKey: secret_access_key },
    maxAttempts: ATTEMPTS,
    // The newer trailing checksums are not understood everywhere: one store kept a corrupted body without an error.
    // Content-MD5 below does the same work and is understood by all.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: STANDSTILL_MS },
  })
}

/** One part is in memory at a time; a store takes 10,000 parts, which makes 80 GB. */
const PART_BYTES = 8 * 1024 * 1024

type Calls = { s3: S3Client; guarded: <T>(during: string, work: (limit: Limit) => Promise<T>) => Promise<T> }

/** An upload of several parts, which appears when it is complete; one that fails is given up, so that no parts stay. */
async function putParts(
  { s3, guarded }: Calls,
  at: { Bucket: string; Key: string },
  { body, meta }: { body: Readable; meta: Omit<BlobMeta, 'sha256'> },
): Promise<{ bytes: number }> {
  const begin = new CreateMultipartUploadCommand({ ...at, ...headersOf(meta) })
  const { UploadId } = await guarded('put', (limit) => s3.send(begin, limit))
  const upload = { ...at, UploadId }
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = []
    let bytes = 0
    for await (const Body of partsOf(body)) {
      const PartNumber = Parts.length + 1
      const ContentMD5 = createHash('md5').update(Body).digest('base64')
      const command = new UploadPartCommand({ ...upload, PartNumber, Body, ContentMD5 })
      const { ETag } = await guarded('put', (limit) => s3.send(command, limit))
      Parts.push({ ETag, PartNumber })
      bytes += Body.byteLength
    }
    const end = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })
    await guarded('put', (limit) => s3.send(end, limit))
    return { bytes }
  } catch (error) {
    const abort = new AbortMultipartUploadCommand(upload)
    // The store drops forgotten uploads by its own rule; the first failure is the one to tell of.
    await guarded('put', (limit) => s3.send(abort, limit)).catch(() => undefined)
    throw error
  }
}

async function* partsOf(body: Readable): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes, not of text or objects')
    chunks.push(chunk)
    size += chunk.byteLength
    if (size < PART_BYTES) continue
    yield Buffer.concat(chunks, size)
    chunks = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(chunks, size)
}

function putInput(whole: Uint8Array, meta: BlobMeta) {
  return {
    Body: whole,
    ContentLength: whole.byteLength,
    ContentMD5: createHash('md5').update(whole).digest('base64'),
    ...headersOf(meta),
  }
}

function headersOf(meta: Omit<BlobMeta, 'sha256'>) {
  return {
    ContentType: meta.content_type,
    // A key is random and its file never changes, so a public one may be kept for ever.
    CacheControl: meta.visibility === 'public' ? 'public, max-age=31536000, immutable' : 'private, no-store',
    Metadata: { visibility: meta.visibility },
  }
}

type PageInput = Omit<ListObjectsV2CommandInput, 'Bucket'>

async function* listPages(
  prefix: string,
  after: string | undefined,
  fetchPage: (input: PageInput) => Promise<ListObjectsV2CommandOutput>,
): AsyncGenerator<ListedBlob> {
  let token: string | undefined
  do {
    const page = await fetchPage({ Prefix: prefix, StartAfter: after, ContinuationToken: token })
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, bytes: Size ?? 0, modified_at: LastModified ?? new Date(0) }
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    // A missing bucket is a wrong configuration, not a missing file.
    const missing = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404
    if (missing && error.name !== 'NoSuchBucket') return null
    throw error
  }
}

type Limit = { abortSignal: AbortSignal }

/** The limit ends with the call: what `open` returned may be read for as long as its reader takes. */
async function guard<T>(during: string, timeout_ms: number, work: (limit: Limit) => Promise<T>): Promise<T> {
  assertNoTransaction()
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new Error(`no answer within ${timeout_ms} ms`)), timeout_ms)
  try {
    return await work({ abortSignal: limit.signal })
  } catch (error) {
    throw new BlobsUnavailable(during, error)
  } finally {
    clearTimeout(timer)
  }
}
