import { describe, expect, it } from 'vitest'
import { toBytes } from '../../raster/picture-io.ts'
import type { RgbImage } from '../../raster/types.ts'
import { type DrawnTop, drawnCut, stripedTee } from '../test-garments.ts'
import { drawnPerson, oldTopColour } from '../test-person.ts'
import { dress } from '../try-on.ts'

const wear = async (old: 'none' | 'short' | 'long', top: Partial<DrawnTop>): Promise<RgbImage> => {
  const { picture } = await dress(
    drawnPerson(old),
    await drawnCut({ ...stripedTee, stripes: null, ...top }),
    () => undefined,
  )
  return toBytes(picture)
}

/** Pixels that still look like the old magenta top. */
const leftovers = (picture: RgbImage): number => {
  let count = 0
  for (let o = 0; o < picture.data.length; o += 3) {
    const away = Math.hypot(...[0, 1, 2].map((c) => (picture.data[o + c] ?? 0) - (oldTopColour[c] ?? 0)))
    if (away < 70) count++
  }
  return count
}

const at = (picture: RgbImage, x: number, y: number): number[] => [
  ...picture.data.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3),
]

describe('composing the picture', () => {
  for (const [old, sleeve] of [
    ['short', 'short'],
    ['short', 'long'],
    ['none', 'long'],
    ['long', 'short'],
    ['long', 'none'],
  ] as const) {
    it(`leaves less than 1 % of the old top when ${sleeve} sleeves go over ${old}`, async () => {
      const before = leftovers(drawnPerson(old).image)
      expect(before).toBeGreaterThan(15_000)
      expect(leftovers(await wear(old, { sleeve, colour: '#2f8f5b' })) / before).toBeLessThan(0.01)
    })
  }

  it('changes neither face, hair, background nor trousers', async () => {
    const before = drawnPerson('short').image
    const after = await wear('short', { colour: '#2f8f5b' })
    for (const [x, y] of [
      [200, 90],
      [200, 45],
      [30, 300],
      [370, 500],
      [160, 560],
      [230, 560],
    ] as const) {
      expect(at(after, x, y)).toEqual(at(before, x, y))
    }
  })

  it('shows skin of the person where the new sleeves are shorter', async () => {
    const after = await wear('long', { sleeve: 'none', colour: '#2f8f5b' })
    const [r = 0, g = 0, b = 0] = at(after, 276, 290)
    expect(r).toBeGreaterThan(g + 15)
    expect(g).toBeGreaterThan(b)
    expect(r).toBeGreaterThan(150)
  })

  it('keeps hands in front of the garment', async () => {
    const before = drawnPerson('long').image
    const after = await wear('long', { sleeve: 'long', colour: '#2f8f5b' })
    expect(at(after, 287, 392)).toEqual(at(before, 287, 392))
  })
})
