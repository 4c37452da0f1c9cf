/** Contract 4.12; the server checks again by decoding. */
const TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']
export const PICTURE_TYPES = TYPES.join(',')
export const PICTURE_BYTES_MAX = 10 * 1024 * 1024
const PIXELS_MAX = 40_000_000
/** The server keeps 2048 px; a photograph well beyond it is made smaller here, which saves the shop's mobile data. */
const SIDE_KEPT = 2048
const SIDE_WORTH_SHRINKING = 2600
const JPEG_QUALITY = 0.92

export type PictureFault = 'wrong_type' | 'too_large' | 'too_many_pixels' | 'unreadable'
export type CheckedPicture = { ok: true; file: File } | { ok: false; fault: PictureFault }

/** Refuses what the server would refuse, before anything is sent. */
export async function checkPicture(file: File): Promise<CheckedPicture> {
  if (!TYPES.includes(file.type)) return { ok: false, fault: 'wrong_type' }
  const bitmap = await decode(file)
  if (!bitmap) return { ok: false, fault: file.size > PICTURE_BYTES_MAX ? 'too_large' : 'unreadable' }
  try {
    const is_photo = file.type === 'image/jpeg'
    const is_huge = Math.max(bitmap.width, bitmap.height) > SIDE_WORTH_SHRINKING
    if (is_photo && (is_huge || file.size > PICTURE_BYTES_MAX)) {
      const smaller = await shrink(bitmap, file.name)
      if (smaller) return { ok: true, file: smaller }
    }
    if (bitmap.width * bitmap.height > PIXELS_MAX) return { ok: false, fault: 'too_many_pixels' }
    return file.size > PICTURE_BYTES_MAX ? { ok: false, fault: 'too_large' } : { ok: true, file }
  } finally {
    bitmap.close()
  }
}

async function shrink(bitmap: ImageBitmap, name: string): Promise<File | null> {
  const scale = Math.min(1, SIDE_KEPT / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  const context = canvas.getContext('2d')
  if (!context) return null
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY))
  return blob && blob.size <= PICTURE_BYTES_MAX ? new File([blob], name, { type: 'image/jpeg' }) : null
}

async function decode(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
}
