import sharp, { type Metadata, type OutputInfo, type Sharp } from 'sharp'
import type { FloatRgb, Plane, RgbaImage, RgbImage } from './types.ts'

/** Why bytes could not become a picture. `too_large` is judged from the header, before any pixel is decoded. */
export type PictureFault = 'image_unreadable' | 'image_too_large'

export class UnreadablePicture extends Error {
  readonly code: PictureFault
  constructor(code: PictureFault, detail: string) {
    super(detail)
    this.name = 'UnreadablePicture'
    this.code = code
  }
}

/** Largest picture that is decoded: 50 megapixels is more than any phone's default and about 150 MB of pixels. */
const pixelsMax = 50_000_000
const formats = new Set(['jpeg', 'png', 'webp', 'heif', 'gif', 'tiff'])

// One thread and no cache: the engine shares two cores with the server, and every picture is seen once.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Decodes a raster picture to sRGB, upright (EXIF), transparency on white, longest side at most `sideMax`.
 * @throws UnreadablePicture for broken, empty, vector or oversized input, never anything else.
 */
export async function decodeRgb(bytes: Uint8Array, sideMax: number): Promise<RgbImage> {
  const { data, info } = await decode(bytes, sideMax, (image) =>
    image.flatten({ background: '#ffffff' }).removeAlpha(),
  )
  return { width: info.width, height: info.height, data }
}

/** The same with transparency kept. @throws UnreadablePicture */
export async function decodeRgba(bytes: Uint8Array, sideMax: number): Promise<RgbaImage> {
  const { data, info } = await decode(bytes, sideMax, (image) => image.ensureAlpha())
  return { width: info.width, height: info.height, data }
}

/** A clean, opaque RGB resize that averages areas when shrinking; stretches to the given size. */
export async function resizeRgb(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  const raw = { width: image.width, height: image.height, channels: 3 as const }
  const data = await sharp(image.data, { raw })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
  return { width, height, data }
}

export async function encodeWebp(image: RgbImage, quality: number): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: 3 as const }
  return await sharp(image.data, { raw }).webp({ quality, effort: 3 }).toBuffer()
}

export async function encodePng(image: RgbImage | RgbaImage, channels: 3 | 4): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels }
  return await sharp(image.data, { raw }).png({ compressionLevel: 6 }).toBuffer()
}

/** Joins colour and alpha to one RGBA picture. */
export function withAlpha(image: RgbImage, alpha: Plane): RgbaImage {
  const data = new Uint8Array(image.width * image.height * 4)
  for (let i = 0; i < alpha.data.length; i++) {
    data[i * 4] = image.data[i * 3] ?? 0
    data[i * 4 + 1] = image.data[i * 3 + 1] ?? 0
    data[i * 4 + 2] = image.data[i * 3 + 2] ?? 0
    data[i * 4 + 3] = Math.round(255 * Math.min(1, Math.max(0, alpha.data[i] ?? 0)))
  }
  return { width: image.width, height: image.height, data }
}

/** Rounds a picture under work to bytes. */
export function toBytes(image: FloatRgb): RgbImage {
  const data = new Uint8Array(image.data.length)
  for (let i = 0; i < data.length; i++) {
    const v = image.data[i] ?? 0
    data[i] = v < 0 ? 0 : v > 255 ? 255 : v + 0.5
  }
  return { width: image.width, height: image.height, data }
}

async function decode(
  bytes: Uint8Array,
  sideMax: number,
  finish: (image: Sharp) => Sharp,
): Promise<{ data: Uint8Array; info: OutputInfo }> {
  await inspect(bytes)
  try {
    const image = sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error', pages: 1 })
      .rotate()
      .resize(sideMax, sideMax, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
    return await finish(image).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  } catch (error) {
    throw new UnreadablePicture('image_unreadable', `the picture cannot be decoded: ${reasonOf(error)}`)
  }
}

/** Reads the header only. SVG, PDF and the like are refused: they are programs to run, not pictures to read. */
async function inspect(bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) throw new UnreadablePicture('image_unreadable', 'the picture is empty')
  let meta: Metadata
  try {
    meta = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata()
  } catch (error) {
    throw new UnreadablePicture('image_unreadable', `the picture's header cannot be read: ${reasonOf(error)}`)
  }
  if (!formats.has(meta.format ?? '')) {
    throw new UnreadablePicture(
      'image_unreadable',
      `not a raster picture: ${meta.format ?? 'unknown format'}`,
    )
  }
  if ((meta.width ?? 0) * (meta.height ?? 0) > pixelsMax) {
    throw new UnreadablePicture('image_too_large', `${meta.width} × ${meta.height} pixels are too many`)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
