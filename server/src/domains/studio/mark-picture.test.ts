import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { aiMarkXmp, readAiMark } from './mark-picture.ts'

const base = 'http://cv.iptc.org/newscodes/digitalsourcetype/'
const picture = () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#a06040' } })

type Format = 'webp' | 'jpeg' | 'png'

/** A picture with the packet in it, as the store writes it. */
const marked = (origin: Parameters<typeof aiMarkXmp>[0], format: Format = 'webp') =>
  picture().withXmp(aiMarkXmp(origin)).toFormat(format).toBuffer()

describe('AI mark', () => {
  for (const format of ['webp', 'jpeg', 'png'] as const) {
    it(`is written into ${format} and read back`, async () => {
      const image = await marked({ kind: 'try_on', model: 'leema-engine', version: '1 & <2>' }, format)
      expect(await readAiMark(image)).toEqual({
        digital_source_type: `${base}compositeWithTrainedAlgorithmicMedia`,
        model: 'leema-engine',
        version: '1 & <2>',
      })
    })
  }

  it('says that a picture drawn by rules alone is not from training data', async () => {
    const drawn = await marked({
      kind: 'generated',
      model: 'leema-renderer',
      version: '1',
      method: 'procedural',
    })
    const learnt = await marked({ kind: 'generated', model: 'other', version: '3' })
    expect((await readAiMark(drawn))?.digital_source_type).toBe(`${base}algorithmicMedia`)
    expect((await readAiMark(learnt))?.digital_source_type).toBe(`${base}trainedAlgorithmicMedia`)
  })

  it('leaves an unmarked picture unmarked', async () => {
    expect(await readAiMark(await picture().webp().toBuffer())).toBeNull()
  })
})
