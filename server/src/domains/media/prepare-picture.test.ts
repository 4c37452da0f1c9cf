import sharp from 'sharp'
import { thumbHashToRGBA } from 'thumbhash'
import { describe, expect, test } from 'vitest'
import { Problem } from '#kernel/problem.ts'
import { preparePicture, shrinkPicture } from './prepare-picture.ts'
import * as given from './test-pictures.ts'

const RULES = { bytes_max: 10_485_760, side_max: 2048, field: 'file' }

describe('what is accepted', () => {
  test.each([
    ['JPEG', given.jpeg],
    ['PNG', given.png],
    ['WebP', given.webp],
  ])('a %s becomes a WebP of the same size', async (_type, make) => {
    const picture = await preparePicture(await make(), RULES)
    const stored = await sharp(picture.bytes).metadata()
    expect([stored.format, stored.width, stored.height]).toEqual(['webp', 300, 400])
    expect([picture.width, picture.height]).toEqual([300, 400])
    expect(picture.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a large picture is shrunk to the longest side of its kind, a small one is not enlarged', async () => {
    const large = await preparePicture(await given.jpeg(3000, 1500), { ...RULES, side_max: 1600 })
    expect([large.width, large.height]).toEqual([1600, 800])
    const small = await preparePicture(await given.jpeg(20, 10), RULES)
    expect([small.width, small.height]).toEqual([20, 10])
  })

  test('a photo from a phone stands upright and says nothing of place or camera', async () => {
    const sent = await given.jpegFromPhone()
    expect((await sharp(sent).metadata()).exif?.toString('latin1')).toContain('LeemaPhone')
    const picture = await preparePicture(sent, RULES)
    const stored = await sharp(picture.bytes).metadata()
    expect([stored.width, stored.height]).toEqual([300, 400])
    expect([stored.exif, stored.xmp, stored.iptc, stored.icc, stored.orientation]).toEqual(
      Array(5).fill(undefined),
    )
    expect(picture.bytes.includes('LeemaPhone')).toBe(false)
    expect(picture.bytes.includes('EXIF')).toBe(false)
  })

  test('an animation keeps its first frame', async () => {
    const sent = await given.animatedWebp()
    expect((await sharp(sent).metadata()).pages).toBe(2)
    const picture = await preparePicture(sent, RULES)
    const { data, info } = await sharp(picture.bytes).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([60, 80])
    expect(data[0]).toBeGreaterThan(200)
    expect(data[2]).toBeLessThan(60)
  })

  test('the preview is a tiny picture of the same shape', async () => {
    const { preview } = await preparePicture(await given.jpeg(300, 600), RULES)
    expect(preview.length).toBeLessThan(60)
    const { w, h } = thumbHashToRGBA(Buffer.from(preview, 'base64'))
    // thumbhash keeps the shape in sixteenths.
    expect(Math.abs(w / h - 0.5)).toBeLessThan(0.1)
  })

  test('an AI mark given with the picture is kept in it and in its smaller forms', async () => {
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    const picture = await preparePicture(await given.png(800, 900), { ...RULES, xmp })
    const smaller = await shrinkPicture(picture.bytes, 320)
    const stored = await Promise.all([picture.bytes, smaller].map((bytes) => sharp(bytes).metadata()))
    expect(stored.map((metadata) => metadata.xmp?.toString())).toEqual([xmp, xmp])
    expect(stored.map((metadata) => metadata.width)).toEqual([800, 320])
  })
})

describe('what is refused', () => {
  const truncated = async () => (await given.jpeg(600, 600)).subarray(0, 4_000)
  const corrupt = async () => {
    const picture = Buffer.from(await given.png(300, 300))
    picture.fill(0x55, 200, 260)
    return picture
  }
  const cases: [string, () => Buffer | Promise<Buffer>, number, string, string | undefined][] = [
    ['HTML named .jpg', () => given.HTML, 415, 'unsupported_media', undefined],
    ['SVG with a script', () => given.SVG, 415, 'unsupported_media', undefined],
    ['a GIF that is also a script', () => given.GIF_SCRIPT, 415, 'unsupported_media', undefined],
    ['a JPEG with a page in its comment', given.jpegWithPage, 415, 'unsupported_media', undefined],
    ['a JPEG that is also a ZIP', given.jpegWithZip, 415, 'unsupported_media', undefined],
    ['nothing', () => Buffer.alloc(0), 415, 'unsupported_media', undefined],
    ['a truncated JPEG', truncated, 422, 'validation_failed', 'unreadable_picture'],
    ['a corrupt PNG', corrupt, 422, 'validation_failed', 'unreadable_picture'],
    [
      'JPEG magic and noise',
      () => Buffer.from('ffd8ffe000104a464946000101', 'hex'),
      422,
      'validation_failed',
      'unreadable_picture',
    ],
    [
      'a PNG of 30,000 × 30,000 pixels',
      () => given.pngBomb(30_000, 30_000),
      422,
      'validation_failed',
      'too_many_pixels',
    ],
    [
      'one pixel row too many',
      () => given.pngBomb(8_000, 5_001),
      422,
      'validation_failed',
      'too_many_pixels',
    ],
    [
      'an interlaced PNG of 40 megapixels with 16 bits per colour',
      () => given.pngBomb(8_000, 5_000, { depth: 16, colours: 6, interlaced: true }),
      422,
      'validation_failed',
      'too_many_pixels',
    ],
    ['11 MB', () => Buffer.alloc(11_534_336, 0xff), 413, 'file_too_large', undefined],
  ]
  test.each(cases)('%s', async (_name, make, status, code, field_code) => {
    const refusal = await preparePicture(await make(), RULES).catch((error: unknown) => error)
    if (!(refusal instanceof Problem)) throw new Error(`not refused: ${String(refusal)}`)
    expect([refusal.status, refusal.code, refusal.errors[0]?.code]).toEqual([status, code, field_code])
  })

  test('a bomb is refused without decoding it: memory grows by less than 64 MB', async () => {
    const bomb = given.pngBomb(30_000, 30_000)
    const before = process.memoryUsage().rss
    await preparePicture(bomb, RULES).catch(() => undefined)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_048_576)
  })

  test('exactly 40 megapixels are accepted', async () => {
    const picture = await preparePicture(given.pngBomb(8_000, 5_000), RULES)
    expect([picture.width, picture.height]).toEqual([2048, 1280])
  })
})
