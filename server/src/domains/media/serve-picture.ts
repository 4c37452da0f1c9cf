import type { Readable } from 'node:stream'
import type { Blobs } from '#infra/blobs.ts'
import type { Db } from '#infra/db.ts'
import { notFound } from '#kernel/problem.ts'
import { type MediaAddress, objectName, PICTURE_MIME, parseMediaPath } from './model.ts'
import { shrinkPicture } from './prepare-picture.ts'
import { linkNotValid } from './problems.ts'
import { liveFilesByKeys } from './queries.ts'
import { readPicture } from './read-picture.ts'
import { type AddressDeps, signedSecondsLeft } from './signed-address.ts'

export type ServeDeps = AddressDeps & { db: Db; blobs: Blobs }

export type ServedPicture = {
  body: Readable | Buffer
  bytes: number
  file_name: string
  /** Seconds for which a private picture may be kept by its reader; null = public, for ever. */
  private_for_s: number | null
}

type Signed = { expires?: string | undefined; signature?: string | undefined }

/**
 * A picture at one of the known widths; a smaller one is made when it is first asked for.
 * @throws not_found (404), link_not_valid (403) for a private picture without a good signature
 */
export async function servePicture(deps: ServeDeps, path: string, signed: Signed): Promise<ServedPicture> {
  const address = parseMediaPath(path)
  if (!address) throw notFound()
  const [file] = await liveFilesByKeys(deps.db, [address.key])
  if (!file) throw notFound()
  const seconds_left = file.visibility === 'public' ? null : signedSecondsLeft(deps, address, signed)
  if (seconds_left === 0) throw linkNotValid()
  const found =
    (await openStored(deps, address)) ?? (await makeOnce(deps, { ...address, visibility: file.visibility }))
  if (!found) throw notFound()
  return {
    ...found,
    file_name: `${address.key.slice(0, 12)}-${address.width}.webp`,
    private_for_s: seconds_left,
  }
}

async function openStored({ blobs }: ServeDeps, address: MediaAddress) {
  const blob = await blobs.open(objectName(address.key, address.width))
  return blob && { body: blob.body, bytes: blob.bytes }
}

type Made = { body: Buffer; bytes: number } | null
const being_made = new Map<string, Promise<Made>>()

/** Twenty first readers at once cost one decoding. */
function makeOnce(
  deps: ServeDeps,
  wanted: MediaAddress & { visibility: 'public' | 'private' },
): Promise<Made> {
  const name = objectName(wanted.key, wanted.width)
  const running = being_made.get(name)
  if (running) return running
  const made = makeSmaller(deps, wanted, name).finally(() => being_made.delete(name))
  being_made.set(name, made)
  return made
}

async function makeSmaller(
  { db, blobs }: ServeDeps,
  { key, width, visibility }: MediaAddress & { visibility: 'public' | 'private' },
  name: string,
): Promise<Made> {
  if (width === 'original' || !(await blobs.exists(objectName(key)))) return null
  const body = await shrinkPicture(await readPicture({ blobs }, key), width)
  await blobs.put(name, body, { content_type: PICTURE_MIME, visibility })
  // The file may have been deleted meanwhile: then nothing of it may stay behind.
  const [still_live] = await liveFilesByKeys(db, [key])
  if (!still_live) await blobs.delete([name])
  return still_live ? { body, bytes: body.length } : null
}
