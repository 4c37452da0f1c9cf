import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { newPlane, planeLike } from '../raster/types.ts'
import { cutGarment } from './garment/cut-garment.ts'
import { colourMatch, measureTryOn, ssim } from './metrics.ts'
import { loadModels } from './models.ts'
import { EngineRefusal, isRefusalCode } from './refusal.ts'
import { type DrawnTop, drawnCut, drawTop, stripedTee } from './test-garments.ts'
import { makeTryOn } from './try-on.ts'

/** The pictures are of mannequins made for this purpose (manifest.json says what each shows). */
const folder = path.resolve(import.meta.dirname, '../../../../seeds/people')
type Listed = { file: string; suitable: boolean; expected_refusal?: string; refusal?: string }
// Safe: our own file, and every field that is read is compared below.
const people = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Listed[]

const tops: [string, DrawnTop][] = [
  ['a striped tee', stripedTee],
  ['a green long sleeve', { ...stripedTee, sleeve: 'long', colour: '#3d8b5f', stripes: null }],
  ['a tank top', { ...stripedTee, sleeve: 'none', colour: '#b3202c', stripes: null }],
]
const topOf = (index: number): [string, DrawnTop] =>
  tops[index % tops.length] ?? ['a striped tee', stripedTee]

const photo = async (file: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path.join(folder, file)))

describe('try-on of real pictures', () => {
  people
    .filter((person) => person.suitable)
    .forEach((person, index) => {
      const [name, top] = topOf(index)
      it(`puts ${name} on ${person.file} within all bounds`, async () => {
        const request = { person: await photo(person.file), garment: await drawnCut(top), side_max: 768 }
        const parts = await makeTryOn(request, () => undefined)
        const metrics = await measureTryOn(await loadModels(), parts)
        expect(metrics.face_ssim).toBeGreaterThanOrEqual(0.99)
        expect(metrics.background_ssim).toBeGreaterThanOrEqual(0.98)
        // Armholes of a sleeveless top lie inside the quadrilateral of shoulders and hips.
        expect(metrics.torso_coverage).toBeGreaterThanOrEqual(top.sleeve === 'none' ? 0.88 : 0.95)
        expect(metrics.colour_match).toBeGreaterThanOrEqual(0.7)
        expect(metrics.pose_shift).toBeLessThanOrEqual(0.3)
        expect(metrics.parsed_again).toBeGreaterThanOrEqual(0.7)
        const wrong = await drawnCut({ ...stripedTee, colour: '#e0b000', stripes: '#7a3fa0' })
        expect(await colourMatch(wrong, parts.picture, parts.scene.cover)).toBeLessThan(
          metrics.colour_match - 0.2,
        )
      }, 60_000)
    })

  for (const person of people.filter((listed) => !listed.suitable)) {
    const expected = person.expected_refusal ?? person.refusal
    it(`refuses ${person.file}${expected === undefined ? '' : ` as ${expected}`}`, async () => {
      const request = { person: await photo(person.file), garment: await drawnCut(stripedTee), side_max: 768 }
      const code = await makeTryOn(request, () => undefined).then(
        () => 'accepted',
        (error: unknown) => (error instanceof EngineRefusal ? error.code : String(error)),
      )
      expect(isRefusalCode(code)).toBe(true)
      if (expected !== undefined) expect(code).toBe(expected)
    }, 60_000)
  }

  it('refuses a product picture on which somebody wears the garment', async () => {
    const worn = cutGarment(await photo('aida-front-tshirt.jpg'))
    await expect(worn).rejects.toMatchObject({ code: 'garment_not_found' })
  })

  it('gives the same picture for the same input', async () => {
    const request = {
      person: await photo('aida-front-tshirt.jpg'),
      garment: await drawTop(stripedTee),
      side_max: 512,
    }
    const [a, b] = [await makeTryOn(request, () => undefined), await makeTryOn(request, () => undefined)]
    expect(Buffer.compare(a.picture.data, b.picture.data)).toBe(0)
  }, 60_000)
})

describe('metrics', () => {
  it('see an unchanged, a shifted and an inverted picture as 1, less and far less alike', () => {
    const pattern = planeLike({ width: 64, height: 64 }, (i) =>
      (Math.floor(i / 8) % 2) ^ (Math.floor(i / 512) % 2) ? 0.8 : 0.2,
    )
    const shifted = planeLike(pattern, (i) => pattern.data[Math.max(0, i - 3)] ?? 0)
    const inverted = planeLike(pattern, (i) => 1 - (pattern.data[i] ?? 0))
    const all = newPlane(64, 64, 1)
    expect(ssim(pattern, pattern, all)).toBeCloseTo(1, 5)
    expect(ssim(pattern, shifted, all)).toBeLessThan(0.7)
    expect(ssim(pattern, inverted, all)).toBeLessThan(0)
  })
})
