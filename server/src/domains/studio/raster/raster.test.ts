import { describe, expect, it } from 'vitest'
import { blur, boxBlur, softBlur, weightedBlur } from './blur.ts'
import { lumaOf, toLab, toLinear, toSrgb } from './colour.ts'
import { findComponents, largestComponent } from './components.ts'
import { insideDistance, outsideDistance } from './distance.ts'
import { guidedFilter, prepareGuide } from './guided-filter.ts'
import { quantile, seededRandom } from './math.ts'
import { fillPolygon, polylineLength, resamplePolyline } from './polygon.ts'
import { pyramidFill } from './pyramid-fill.ts'
import { halvePlane, resizePlane, sampleSquare } from './resample.ts'
import { thinPlateSpline } from './thin-plate-spline.ts'
import { newPlane, type Plane, planeLike } from './types.ts'

const square = (size: number, from: number, to: number): Plane =>
  planeLike({ width: size, height: size }, (i) => {
    const x = i % size
    const y = Math.floor(i / size)
    return x >= from && x < to && y >= from && y < to ? 1 : 0
  })

const sum = (plane: Plane): number => plane.data.reduce((a, b) => a + b, 0)

describe('blur', () => {
  it('leaves a flat image flat up to its borders', () => {
    const out = blur(newPlane(31, 17, 0.4), 4)
    for (const value of out.data) expect(value).toBeCloseTo(0.4, 5)
  })

  it('spreads one pixel over exactly the window', () => {
    const plane = newPlane(9, 9)
    plane.data[4 * 9 + 4] = 9
    const out = boxBlur(plane, 1)
    expect(out.data[4 * 9 + 4]).toBeCloseTo(1, 5)
    expect(out.data[3 * 9 + 5]).toBeCloseTo(1, 5)
    expect(out.data[4 * 9 + 6]).toBe(0)
    expect(sum(out)).toBeCloseTo(9, 4)
  })

  it('has the wished sigma within a twentieth', () => {
    const plane = newPlane(121, 3)
    for (let y = 0; y < 3; y++) plane.data[y * 121 + 60] = 1
    const row = blur(plane, 8).data.subarray(121, 242)
    let variance = 0
    let mass = 0
    row.forEach((v, x) => {
      variance += v * (x - 60) ** 2
      mass += v
    })
    expect(Math.sqrt(variance / mass)).toBeGreaterThan(7.6)
    expect(Math.sqrt(variance / mass)).toBeLessThan(8.4)
  })

  it('gives nearly the same when worked out on a smaller image', () => {
    const source = square(160, 50, 110)
    const exact = blur(source, 16)
    const quick = softBlur(source, 16)
    let worst = 0
    exact.data.forEach((v, i) => {
      worst = Math.max(worst, Math.abs(v - (quick.data[i] ?? 0)))
    })
    expect(worst).toBeLessThan(0.04)
  })

  it('judges a weighted mean only by pixels that carry weight', () => {
    const values = newPlane(20, 20, 5)
    const weights = newPlane(20, 20)
    for (let i = 0; i < 200; i++) weights.data[i] = 1
    for (let i = 200; i < 400; i++) values.data[i] = 99
    const out = weightedBlur(values, weights, 2, -1)
    expect(out.data[9 * 20 + 10]).toBeCloseTo(5, 4)
    expect(out.data[19 * 20 + 10]).toBe(-1)
  })
})

describe('distance', () => {
  it('is one at the edge and grows by one a pixel inwards', () => {
    const d = insideDistance(square(20, 5, 15))
    expect(d.data[10 * 20 + 5]).toBe(1)
    expect(d.data[10 * 20 + 8]).toBe(4)
    expect(d.data[10 * 20 + 4]).toBe(0)
  })

  it('is within 9 % of the true distance outside', () => {
    const mask = newPlane(60, 60)
    mask.data[0] = 1
    const d = outsideDistance(mask)
    const measured = d.data[30 * 60 + 40] ?? 0
    expect(Math.abs(measured - 50) / 50).toBeLessThan(0.09)
  })
})

describe('components', () => {
  it('counts areas that touch only at a corner as two', () => {
    const plane = newPlane(6, 6)
    for (const i of [0, 1, 6, 7, 14, 15, 16]) plane.data[i] = 1
    const found = findComponents(plane)
    expect(found.count).toBe(2)
    expect(found.sizes.slice(1).sort()).toEqual([3, 4])
    expect(found.sizes[largestComponent(found)]).toBe(4)
  })

  it('does not wrap round the right border', () => {
    const plane = newPlane(4, 2)
    plane.data[3] = 1
    plane.data[4] = 1
    expect(findComponents(plane).count).toBe(2)
  })
})

describe('guided filter', () => {
  it('moves a blurred mask to the edge of the guide', () => {
    const guide = square(40, 10, 30)
    const rough = blur(square(40, 12, 28), 2)
    const out = guidedFilter(prepareGuide(guide, 4), rough, 1e-4)
    expect(out.data[20 * 40 + 10] ?? 0).toBeGreaterThan((rough.data[20 * 40 + 10] ?? 0) + 0.2)
    expect(out.data[20 * 40 + 9] ?? 1).toBeLessThan(0.2)
  })
})

describe('colour', () => {
  it('turns sRGB to light and back', () => {
    for (const v of [0, 3, 10, 60, 128, 200, 255]) expect(toSrgb(toLinear(v))).toBeCloseTo(v, 0)
  })

  it('knows the Lab values of white, red and middle grey', () => {
    const white = toLab(255, 255, 255)
    expect(white.l).toBeCloseTo(100, 0)
    expect(Math.abs(white.a)).toBeLessThan(0.6)
    const red = toLab(255, 0, 0)
    expect(red.l).toBeCloseTo(53.2, 0)
    expect(red.a).toBeCloseTo(80.1, 0)
    expect(red.b).toBeCloseTo(67.2, 0)
    expect(toLab(119, 119, 119).l).toBeCloseTo(50, 0)
  })

  it('gives luma one for white', () => {
    const image = { width: 1, height: 1, data: new Uint8Array([255, 255, 255]) }
    expect(lumaOf(image).data[0]).toBeCloseTo(1, 5)
  })
})

describe('polygon', () => {
  it('fills a triangle with half the area of its box', () => {
    const filled = fillPolygon(
      [
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 0, y: 40 },
      ],
      { width: 50, height: 50 },
    )
    expect(Math.abs(sum(filled) - 800)).toBeLessThan(45)
  })

  it('is clipped by the image', () => {
    const filled = fillPolygon(
      [
        { x: -10, y: -10 },
        { x: 90, y: -10 },
        { x: 90, y: 90 },
        { x: -10, y: 90 },
      ],
      {
        width: 8,
        height: 8,
      },
    )
    expect(sum(filled)).toBe(64)
  })

  it('spreads points evenly along a bent line', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 30 },
    ]
    expect(polylineLength(line)).toBe(40)
    expect(resamplePolyline(line, 5)).toEqual([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 10, y: 20 },
      { x: 10, y: 30 },
    ])
  })
})

describe('thin-plate spline', () => {
  const from = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 0, y: 100 },
    { x: 100, y: 100 },
    { x: 50, y: 40 },
  ]

  it('hits every pair exactly without stiffness', () => {
    const pairs = from.map((p, i) => ({ from: p, to: { x: p.x * 1.2 + i * 3, y: p.y * 0.8 - i * i } }))
    const map = thinPlateSpline(pairs, 0)
    const out = new Float64Array(2)
    for (const pair of pairs) {
      map(pair.from.x, pair.from.y, out)
      expect(out[0]).toBeCloseTo(pair.to.x, 6)
      expect(out[1]).toBeCloseTo(pair.to.y, 6)
    }
  })

  it('is exactly affine for affine pairs', () => {
    const map = thinPlateSpline(
      from.map((p) => ({ from: p, to: { x: 2 * p.x + 5, y: p.y - p.x } })),
      1e-3,
    )
    const out = new Float64Array(2)
    map(33, 71, out)
    expect(out[0]).toBeCloseTo(71, 6)
    expect(out[1]).toBeCloseTo(38, 6)
  })

  it('refuses points on one line', () => {
    const pairs = [0, 1, 2, 3].map((i) => ({ from: { x: i, y: i }, to: { x: i, y: 0 } }))
    expect(() => thinPlateSpline(pairs, 0)).toThrow('one line')
  })
})

describe('resampling', () => {
  it('keeps a ramp a ramp when enlarging', () => {
    const out = resizePlane(
      planeLike({ width: 4, height: 2 }, (i) => i % 4),
      16,
      8,
    )
    expect(out.data[8]).toBeCloseTo(1.625, 4)
    expect(out.data[0]).toBe(0)
    expect(out.data[15]).toBe(3)
  })

  it('halves odd sizes without losing the mean', () => {
    const out = halvePlane(newPlane(5, 3, 0.7))
    expect([out.width, out.height]).toEqual([3, 2])
    for (const v of out.data) expect(v).toBeCloseTo(0.7, 6)
  })

  it('samples an unrotated full square unchanged, and black outside', () => {
    const image = { width: 2, height: 2, data: new Uint8Array(12).fill(255) }
    expect([...sampleSquare(image, { cx: 1, cy: 1, side: 2, rotation: 0 }, 2)]).toEqual(new Array(12).fill(1))
    expect(sampleSquare(image, { cx: 40, cy: 1, side: 2, rotation: 0 }, 2).every((v) => v === 0)).toBe(true)
  })
})

describe('pyramid fill', () => {
  it('keeps known pixels and fills the hole with their colour', () => {
    const image = { width: 33, height: 21, data: new Uint8Array(33 * 21 * 3).fill(120) }
    const weight = newPlane(33, 21, 1)
    for (let y = 5; y < 15; y++) for (let x = 8; x < 25; x++) weight.data[y * 33 + x] = 0
    image.data.fill(0, (10 * 33 + 12) * 3, (10 * 33 + 20) * 3)
    const out = pyramidFill(image, weight)
    expect(out.data[(10 * 33 + 16) * 3]).toBeCloseTo(120, 3)
    expect(out.data[0]).toBeCloseTo(120, 3)
  })
})

describe('small numbers', () => {
  it('repeats a seeded sequence', () => {
    const a = seededRandom(7)
    const b = seededRandom(7)
    expect([a(), a(), a()]).toEqual([b(), b(), b()])
    expect(seededRandom(8)()).not.toBe(seededRandom(7)())
  })

  it('takes the quantile of an unsorted list', () => {
    expect(quantile([9, 1, 5, 3, 7], 0.5)).toBe(5)
    expect(quantile([], 0.5)).toBe(0)
  })
})
