import { buffer } from 'node:stream/consumers'
import type { Blobs } from '#infra/blobs.ts'
import { objectName } from './model.ts'

/**
 * The stored bytes (WebP) of a picture. Who may see it is the caller's question.
 * @throws Error when the store has no such picture
 */
export async function readPicture(deps: { blobs: Blobs }, key: string): Promise<Buffer> {
  const blob = await deps.blobs.open(objectName(key))
  if (!blob) throw new Error('a picture is not in the store')
  return buffer(blob.body)
}
