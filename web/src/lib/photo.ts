/** Longest side of a photo that is sent: the engine works below it, and a phone's 12 megapixels would only cost time. */
export const PHOTO_SIDE_MAX = 1600
const JPEG_QUALITY = 0.9
/** What the server accepts for one file (contract 4.1); checked after the photo was made smaller. */
export const PHOTO_BYTES_MAX = 10 * 1024 * 1024

export type PhotoRefusal = 'not_an_image' | 'too_large'
export type PreparedPhoto = { ok: true; file: File } | { ok: false; reason: PhotoRefusal }

/**
 * Turns a picked file upright (EXIF orientation), makes it no larger than `PHOTO_SIDE_MAX` px and encodes it as JPEG,
 * which also drops the metadata with the place it was taken.
 */
export async function preparePhoto(picked: Blob): Promise<PreparedPhoto> {
  const bitmap = await decode(picked)
  if (!bitmap) return { ok: false, reason: 'not_an_image' }
  const { width, height } = fitWithin(bitmap.width, bitmap.height, PHOTO_SIDE_MAX)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return { ok: false, reason: 'not_an_image' }
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY))
  if (!blob) return { ok: false, reason: 'not_an_image' }
  if (blob.size > PHOTO_BYTES_MAX) return { ok: false, reason: 'too_large' }
  return { ok: true, file: new File([blob], 'photo.jpg', { type: 'image/jpeg' }) }
}

/** Whole pixels that keep the proportions; never larger than the original. */
export function fitWithin(
  width: number,
  height: number,
  side_max: number,
): { width: number; height: number } {
  const scale = Math.min(1, side_max / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

async function decode(picked: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(picked, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
}
