import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeRgb, decodeRgba, UnreadablePicture } from './picture-io.ts'
import { hugePng } from './test-support.ts'

describe('reading pictures', () => {
  const code = async (work: Promise<unknown>): Promise<string> =>
    await work.then(
      () => 'decoded',
      (error: unknown) => (error instanceof UnreadablePicture ? error.code : `unexpected ${String(error)}`),
    )

  it('limits the longer side and turns the picture upright', async () => {
    const jpeg = await sharp({ create: { width: 300, height: 100, channels: 3, background: '#804020' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const image = await decodeRgb(jpeg, 150)
    expect([image.width, image.height, image.data.length]).toEqual([50, 150, 50 * 150 * 3])
  })

  it('puts transparency on white, or keeps it', async () => {
    const png = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    expect((await decodeRgb(png, 100)).data[0]).toBe(255)
    expect((await decodeRgba(png, 100)).data[3]).toBe(0)
  })

  it('reads grey and 16-bit pictures as three bytes', async () => {
    const grey = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
      .toColourspace('grey16')
      .png()
      .toBuffer()
    const image = await decodeRgb(grey, 100)
    expect(image.data.length).toBe(8 * 8 * 3)
    expect(Math.abs((image.data[0] ?? 0) - 128)).toBeLessThan(3)
  })

  it('refuses empty, textual, vector and cut-off input by name', async () => {
    const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer()
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'
    expect(await code(decodeRgb(new Uint8Array(), 100))).toBe('image_unreadable')
    expect(await code(decodeRgb(Buffer.from('<html>hello</html>'), 100))).toBe('image_unreadable')
    expect(await code(decodeRgb(Buffer.from(svg), 100))).toBe('image_unreadable')
    expect(await code(decodeRgb(jpeg.subarray(0, jpeg.length / 2), 100))).toBe('image_unreadable')
  })

  it('refuses a 30,000 × 30,000 picture before decoding it', async () => {
    const huge = hugePng(30_000, 30_000)
    const before = process.memoryUsage().rss
    expect(await code(decodeRgb(huge, 768))).toBe('image_too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
  })
})
