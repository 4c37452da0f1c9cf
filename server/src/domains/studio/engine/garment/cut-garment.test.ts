import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeRgba } from '../../raster/picture-io.ts'
import {
  type CutPoint,
  fromStoredCut,
  type GarmentCut,
  type TopOutline,
  toStoredCut,
} from '../garment-cut.ts'
import { EngineRefusal } from '../refusal.ts'
import { type DrawnTop, drawnCut, drawOther, drawTop, outlineOf, stripedTee } from '../test-garments.ts'
import { cutGarment } from './cut-garment.ts'

const away = (a: CutPoint | undefined, b: CutPoint | undefined): number =>
  a === undefined || b === undefined ? Number.POSITIVE_INFINITY : Math.hypot(a.x - b.x, a.y - b.y)

const outlineOfCut = (cut: GarmentCut): TopOutline => {
  if (cut.outline === null) throw new Error('a top must have an outline')
  return cut.outline
}

const alphaAt = async (cut: GarmentCut, x: number, y: number): Promise<number> => {
  const image = await decodeRgba(cut.png, 4096)
  return image.data[(y * image.width + x) * 4 + 3] ?? -1
}

const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof EngineRefusal ? error.code : `unexpected: ${String(error)}`),
  )

describe('cutting a garment out of its product picture', () => {
  const looks: [string, DrawnTop][] = [
    ['a striped tee', stripedTee],
    ['a plain red tee', { ...stripedTee, colour: '#b3202c', stripes: null }],
    ['a black long sleeve', { ...stripedTee, sleeve: 'long', colour: '#17181b', stripes: null }],
    [
      'a white tee on nearly white',
      { ...stripedTee, colour: '#ffffff', background: '#f2f2f2', stripes: null },
    ],
    ['a tank top', { ...stripedTee, sleeve: 'none', colour: '#2f7f86', stripes: null }],
  ]
  for (const [name, look] of looks) {
    it(`finds hem, armpits, shoulder and neck points of ${name} within 4 % of its height`, async () => {
      const found = outlineOfCut(await cutGarment(await drawTop(look)))
      const truth = outlineOf(look.sleeve)
      const limit = 0.04 * 520
      expect(away(found.side_left[0], truth.side_left[0])).toBeLessThan(limit)
      expect(away(found.side_right[0], truth.side_right[0])).toBeLessThan(limit)
      expect(away(found.side_left.at(-1), truth.side_left.at(-1))).toBeLessThan(limit)
      expect(away(found.side_right.at(-1), truth.side_right.at(-1))).toBeLessThan(limit)
      expect(away(found.shoulder_left.at(-1), truth.shoulder_left.at(-1))).toBeLessThan(limit * 1.3)
      expect(away(found.neckline[0], truth.neckline[0])).toBeLessThan(limit * 1.3)
      expect(away(found.neckline.at(-1), truth.neckline.at(-1))).toBeLessThan(limit * 1.3)
    })
  }

  it('finds both cuffs of short and long sleeves, and none on a tank top', async () => {
    for (const sleeve of ['short', 'long'] as const) {
      const found = outlineOfCut(await cutGarment(await drawTop({ ...stripedTee, sleeve })))
      const truth = outlineOf(sleeve)
      expect(away(found.sleeve_left?.outer.at(-1), truth.sleeve_left?.outer.at(-1))).toBeLessThan(22)
      expect(away(found.sleeve_right?.inner.at(-1), truth.sleeve_right?.inner.at(-1))).toBeLessThan(26)
    }
    const tank = outlineOfCut(await cutGarment(await drawTop({ ...stripedTee, sleeve: 'none' })))
    expect([tank.sleeve_left, tank.sleeve_right]).toEqual([null, null])
  })

  it('takes the inner back away and keeps the chest', async () => {
    const cut = await cutGarment(await drawTop({ ...stripedTee, colour: '#c8b48c', stripes: null }))
    expect(await alphaAt(cut, 300, 135)).toBe(0)
    expect(await alphaAt(cut, 300, 190)).toBe(255)
    expect(await alphaAt(cut, 20, 20)).toBe(0)
    const lowest = Math.max(...outlineOfCut(cut).neckline.map((p) => p.y))
    expect(Math.abs(lowest - 166)).toBeLessThan(8)
  })

  it('takes a picture that is transparent by itself as it is', async () => {
    const { png } = await drawnCut({ ...stripedTee, colour: '#ffffff', stripes: null })
    const cut = await cutGarment(png)
    expect(await alphaAt(cut, 300, 400)).toBe(255)
    expect(away(outlineOfCut(cut).side_left[0], outlineOf('short').side_left[0])).toBeLessThan(20)
  })

  it('refuses dresses, trousers and skirts by kind and an empty picture as not found', async () => {
    expect(await refusalOf(cutGarment(await drawOther('dress')))).toBe('garment_kind_unsupported')
    expect(await refusalOf(cutGarment(await drawOther('trousers')))).toBe('garment_kind_unsupported')
    expect(await refusalOf(cutGarment(await drawOther('skirt')))).toBe('garment_kind_unsupported')
    expect(await refusalOf(cutGarment(await drawOther('nothing')))).toBe('garment_not_found')
  })

  it('refuses pictures without a plain background', async () => {
    const noise = Buffer.alloc(300 * 300 * 3, 0).map((_, i) => (i * 7919) % 251)
    const picture = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .png()
      .toBuffer()
    expect(await refusalOf(cutGarment(picture))).toMatch(/^garment_/)
  })
})

describe('a stored cut', () => {
  it('comes back from its PNG and JSON exactly', async () => {
    const cut = await drawnCut(stripedTee)
    const { png, facts } = toStoredCut(cut)
    expect(facts).not.toHaveProperty('png')
    expect(fromStoredCut(png, JSON.parse(JSON.stringify(facts)))).toEqual(cut)
  })

  it('is not accepted when its version is another or its outline is broken', async () => {
    const { png, facts } = toStoredCut(await drawnCut(stripedTee))
    expect(fromStoredCut(png, { ...facts, version: 2 })).toBeNull()
    expect(fromStoredCut(png, { ...facts, outline: { ...facts.outline, hem: [{ x: 1 }] } })).toBeNull()
    expect(fromStoredCut(png, { ...facts, outline: null })).toBeNull()
    expect(fromStoredCut(png, { ...facts, width: -4 })).toBeNull()
    expect(fromStoredCut(png, null)).toBeNull()
    expect(fromStoredCut(new Uint8Array(), facts)).toBeNull()
  })
})
