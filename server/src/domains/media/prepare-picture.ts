import { createHash } from 'node:crypto'
import sharp, { type Metadata } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import type { Problem } from '#kernel/problem.ts'
import { createGate } from './decode-gate.ts'
import { PIXELS_MAX } from './model.ts'
import { fileTooLarge, tooManyPixels, unreadablePicture, unsupportedMedia } from './problems.ts'
import { carriesOtherFormat, pictureTypeOf } from './sniff.ts'

/** A picture in the platform's own encoding; nothing of what the client sent is left in it but the pixels. */
export type PreparedPicture = {
  bytes: Buffer
  uploaded_bytes: number
  width: number
  height: number
  sha256: string
  /** thumbhash, base64 */
  preview: string
}

export type PrepareRules = {
  bytes_max: number
  /** Longer side of the result in pixels; smaller pictures are not enlarged. */
  side_max: number
  /** Cut to a square around its middle. */
  is_square?: true
  /** Form field that is named when the picture is refused. */
  field: string
  /** XMP packet written into the result, e.g. the mark of AI-made content. */
  xmp?: string
}

// One 40-megapixel picture or a few photographs at a time. Measured on 40-megapixel progressive JPEGs, the worst that is
// let through: 240 MB for the process with one, 320 MB after 24 in a row when MALLOC_ARENA_MAX is 2 (470 MB without).
const throughGate = createGate(48_000_000)
// An upload is decoded once: what libvips would keep of it for a second time doubled the peak.
sharp.cache(false)
const DECODE_LIMIT_S = 20
const WEBP = { quality: 85, effort: 3 } as const
const PREVIEW_SIDE = 64
const WHOLE_BYTES_MAX = 160_000_000

/**
 * Decodes, turns upright, shrinks and re-encodes to WebP; animations keep their first frame, metadata is dropped.
 * libvips works in its own threads; the event loop only waits.
 * @throws file_too_large (413), unsupported_media (415), validation_failed (422: too_many_pixels, unreadable_picture)
 */
export async function preparePicture(bytes: Buffer, rules: PrepareRules): Promise<PreparedPicture> {
  if (bytes.length > rules.bytes_max) throw fileTooLarge(rules.bytes_max)
  const { pixels, shorter_side } = await sizeInHeader(bytes, rules.field)
  return throughGate(pixels, async () => {
    const encoded = await orElse(unreadablePicture(rules.field), () => encode(bytes, rules, shorter_side))
    return {
      bytes: encoded.data,
      uploaded_bytes: bytes.length,
      width: encoded.info.width,
      height: encoded.info.height,
      sha256: createHash('sha256').update(encoded.data).digest('hex'),
      preview: await previewOf(encoded.data),
    }
  })
}

/** A smaller WebP of a stored picture. Keeps the XMP packet: a picture made by AI stays marked at every size. */
export function shrinkPicture(bytes: Buffer, width: number): Promise<Buffer> {
  return throughGate(width * width, () =>
    sharp(bytes, { limitInputPixels: PIXELS_MAX })
      .resize({ width, withoutEnlargement: true })
      .keepXmp()
      .webp(WEBP)
      .timeout({ seconds: DECODE_LIMIT_S })
      .toBuffer(),
  )
}

/** The header is read before anything is decoded: a small file may claim gigabytes of pixels. */
async function sizeInHeader(bytes: Buffer, field: string): Promise<{ pixels: number; shorter_side: number }> {
  const type = pictureTypeOf(bytes)
  if (!type || carriesOtherFormat(bytes)) throw unsupportedMedia()
  const header = await orElse(unreadablePicture(field), () =>
    sharp(bytes, { limitInputPixels: false }).metadata(),
  )
  if (header.format !== type) throw unsupportedMedia()
  const pixels = header.width * header.height
  if (pixels > PIXELS_MAX || wholeBytes(header, pixels) > WHOLE_BYTES_MAX) throw tooManyPixels(field)
  return { pixels, shorter_side: Math.min(header.width, header.height) }
}

/** Interlaced and progressive pictures cannot be decoded row by row: all of their samples are in memory at once. */
function wholeBytes(header: Metadata, pixels: number): number {
  const sample_bytes = header.depth === 'ushort' ? 2 : 1
  return header.isProgressive ? pixels * header.channels * sample_bytes : 0
}

function encode(bytes: Buffer, rules: PrepareRules, shorter_side: number) {
  const { side_max, is_square, xmp } = rules
  const side = is_square ? Math.min(side_max, shorter_side) : side_max
  const picture = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'warning' })
    .autoOrient()
    .resize({ width: side, height: side, fit: is_square ? 'cover' : 'inside', withoutEnlargement: true })
    .webp(WEBP)
    .timeout({ seconds: DECODE_LIMIT_S })
  return (xmp === undefined ? picture : picture.withXmp(xmp)).toBuffer({ resolveWithObject: true })
}

async function previewOf(webp: Buffer): Promise<string> {
  const { data, info } = await sharp(webp)
    .resize({ width: PREVIEW_SIDE, height: PREVIEW_SIDE, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
}

/** The decoder's own words never reach the client. */
async function orElse<T>(refusal: Problem, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    throw refusal
  }
}
