import { join } from 'node:path'
import type { Blobs } from './blobs.ts'
import { createFolderBlobs } from './blobs-folder.ts'
import type { S3Options } from './blobs-s3.ts'

/** S3 when it is configured, else `<data_folder>/files`. The SDK (215 ms, 22 MB) is loaded only when it is wanted. */
export async function openBlobs(options: { s3: S3Options | null; data_folder: string }): Promise<Blobs> {
  if (options.s3 === null) return createFolderBlobs(join(options.data_folder, 'files'))
  const { createS3Blobs } = await import('./blobs-s3.ts')
  return createS3Blobs(options.s3)
}
