import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { markAsAi, readAiMark } from './mark-picture.ts'

const base = 'http://cv.iptc.org/newscodes/digitalsourcetype/'
const picture = () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#a06040' } })

describe('AI mark', () => {
  for (const format of ['webp', 'jpeg', 'png'] as const) {
    it(`is written into ${format} and read back`, async () => {
      const bytes = await picture().toFormat(format).toBuffer()
      const marked = await markAsAi(bytes, { kind: 'try_on', model: 'leema-engine', version: '1 & <2>' })
      expect(await readAiMark(marked)).toEqual({
        digital_source_type: `${base}compositeWithTrainedAlgorithmicMedia`,
        model: 'leema-engine',
        version: '1 & <2>',
      })
      const meta = await sharp(marked).metadata()
      expect([meta.format, meta.width, meta.height]).toEqual([format, 64, 48])
    })
  }

  it('says that a picture drawn by rules alone is not from training data', async () => {
    const bytes = await picture().png().toBuffer()
    const drawn = await markAsAi(bytes, {
      kind: 'generated',
      model: 'leema-renderer',
      version: '1',
      method: 'procedural',
    })
    const learnt = await markAsAi(bytes, { kind: 'generated', model: 'other', version: '3' })
    expect((await readAiMark(drawn))?.digital_source_type).toBe(`${base}algorithmicMedia`)
    expect((await readAiMark(learnt))?.digital_source_type).toBe(`${base}trainedAlgorithmicMedia`)
  })

  it('leaves an unmarked picture unmarked', async () => {
    expect(await readAiMark(await picture().webp().toBuffer())).toBeNull()
  })

  it('drops the place where a photo was taken', async () => {
    const located = await picture()
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '43/1 14/1 0/1' } })
      .jpeg()
      .toBuffer()
    expect((await sharp(located).metadata()).exif).toBeDefined()
    const marked = await markAsAi(located, { kind: 'try_on', model: 'm', version: '1' })
    expect((await sharp(marked).metadata()).exif).toBeUndefined()
  })
})
