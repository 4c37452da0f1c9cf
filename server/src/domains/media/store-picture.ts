import type { Blobs } from '#infra/blobs.ts'
import { type Db, inTransaction } from '#infra/db.ts'
import { newStorageKey } from '#kernel/id.ts'
import { after, type Clock, DAY_MS } from '#kernel/time.ts'
import {
  KINDS,
  type MediaFile,
  type MediaKind,
  objectName,
  PICTURE_MIME,
  SENT_BYTES_PER_DAY_MAX,
  STORED_BYTES_MAX,
} from './model.ts'
import { type PreparedPicture, preparePicture } from './prepare-picture.ts'
import { sentTooMuch, storageFull } from './problems.ts'
import { insertFiles, usedBytes } from './queries.ts'

export type StorePictureDeps = { db: Db; blobs: Blobs; clock: Clock; upload_bytes_max: number }

export type StorePictureInput = {
  /** Null for pictures of the platform itself. */
  owner_account_id: number | null
  kind: MediaKind
  bytes: Buffer
  /** XMP packet to keep with the picture and all its smaller forms, e.g. the mark of AI-made content. */
  xmp?: string
}

/**
 * The one door for pictures: type by content, limits, re-encoding, random name. The file is temporary until `linkMedia`
 * makes it permanent in the transaction that refers to it.
 * @throws file_too_large (413), unsupported_media (415), validation_failed (422), storage_full (409), rate_limited (429)
 */
export async function storePicture(deps: StorePictureDeps, input: StorePictureInput): Promise<MediaFile> {
  const [file] = await storePictures(deps, { ...input, pictures: [input.bytes] })
  if (!file) throw new Error('a stored picture has no row')
  return file
}

/** As `storePicture`, for several at once: when one is refused nothing is stored of any. */
export async function storePictures(
  deps: StorePictureDeps,
  input: Omit<StorePictureInput, 'bytes'> & {
    pictures: Iterable<Buffer> | AsyncIterable<Buffer>
    field?: string
  },
): Promise<MediaFile[]> {
  const { side_max, is_square } = KINDS[input.kind]
  const rules = {
    bytes_max: deps.upload_bytes_max,
    side_max,
    ...(is_square ? { is_square } : {}),
    field: input.field ?? 'file',
    ...(input.xmp === undefined ? {} : { xmp: input.xmp }),
  }
  const prepared: PreparedPicture[] = []
  for await (const bytes of input.pictures) prepared.push(await preparePicture(bytes, rules))
  if (input.owner_account_id !== null)
    await assertQuota(deps, input.owner_account_id, { kind: input.kind, prepared })
  return keepPictures(deps, input, prepared)
}

/** Rows first, objects second: whatever a crash leaves behind has a row with an end, and `media.purge_expired` finds it. */
async function keepPictures(
  deps: StorePictureDeps,
  { owner_account_id, kind }: { owner_account_id: number | null; kind: MediaKind },
  prepared: PreparedPicture[],
): Promise<MediaFile[]> {
  const now = deps.clock.now()
  const rows = prepared.map(({ bytes, ...picture }) => ({
    ...picture,
    storage_key: newStorageKey(),
    owner_account_id,
    kind,
    visibility: KINDS[kind].visibility,
    mime: PICTURE_MIME,
    bytes: bytes.length,
    created_at: now,
    expires_at: after(now, KINDS[kind].temporary_ms),
  }))
  const files = await inTransaction(deps.db, (tx) => insertFiles(tx, rows))
  for (const [index, { storage_key, visibility, sha256 }] of rows.entries()) {
    const picture = prepared[index]
    const meta = { content_type: PICTURE_MIME, visibility, sha256 }
    if (picture) await deps.blobs.put(objectName(storage_key), picture.bytes, meta)
  }
  return files
}

async function assertQuota(
  deps: StorePictureDeps,
  account_id: number,
  { kind, prepared }: { kind: MediaKind; prepared: PreparedPicture[] },
): Promise<void> {
  const used = await usedBytes(deps.db, account_id, after(deps.clock.now(), -DAY_MS))
  const stored = prepared.reduce((sum, picture) => sum + picture.bytes.length, used.stored)
  const sent = prepared.reduce((sum, picture) => sum + picture.uploaded_bytes, used.sent)
  // What the platform itself makes for an account is not sent by it.
  if (kind !== 'generation' && kind !== 'derived' && sent > SENT_BYTES_PER_DAY_MAX)
    throw sentTooMuch(DAY_MS / 1_000)
  const stored_max =
    kind === 'product' || kind === 'shop_avatar' ? STORED_BYTES_MAX.trade : STORED_BYTES_MAX.personal
  if (stored > stored_max) throw storageFull()
}
