import { describe, expect, it } from 'vitest'
import type { Point } from '../../raster/types.ts'
import { depthBelow } from '../person/body-frame.ts'
import { drawnCut, outlineOf, stripedTee } from '../test-garments.ts'
import { drawnPerson } from '../test-person.ts'
import { fitToBody, tipsOf } from './body-fit.ts'
import { openFabric } from './fabric.ts'
import { findOldHem } from './old-hem.ts'
import { sleeveFit } from './sleeve-fit.ts'
import { torsoFit } from './torso-fit.ts'
import { warpLayer } from './warp-layer.ts'

const last = (line: Point[]): Point => line.at(-1) ?? { x: Number.NaN, y: Number.NaN }
const mirrored = (a: Point, b: Point): number => Math.hypot(400 - a.x - b.x, a.y - b.y)

describe('placing a top on a person', () => {
  const person = drawnPerson('short')
  const body = fitToBody(person, outlineOf('short'))

  it('is symmetric on a symmetric person', () => {
    expect(mirrored(body.left.tip, body.right.tip)).toBeLessThan(3)
    expect(mirrored(body.left.neck, body.right.neck)).toBeLessThan(3)
    expect(mirrored(body.left.armpit, body.right.armpit)).toBeLessThan(3)
    expect(mirrored(last(body.left.edge), last(body.right.edge))).toBeLessThan(3)
  })

  it('puts shoulder tips on the contour, neck points beside the neck, armpits below the joints', () => {
    const tips = tipsOf(person)
    expect(tips.left.y).toBeLessThan(person.pose.left.shoulder.y)
    expect(body.left.tip.x).toBeLessThan(body.left.neck.x)
    expect(body.left.neck.x).toBeLessThan(182)
    expect(body.left.neck.y).toBeGreaterThan(115)
    expect(body.left.armpit.y).toBeGreaterThan(person.pose.left.shoulder.y + 20)
  })

  it('covers the sides of the old top and does not take the arms for body', () => {
    for (const point of body.right.edge) {
      expect(point.x).toBeGreaterThan(250)
      expect(point.x).toBeLessThan(300)
    }
  })

  it('finds where the old top ends and reaches at least there', () => {
    const hem = findOldHem(person, body.tip_middle, body.to_hip) ?? 0
    expect(Math.abs(body.tip_middle.y + hem - 330)).toBeLessThan(8)
    expect(body.length).toBeGreaterThan(hem)
  })

  it('sees no old hem when top and trousers are one colour', () => {
    const plain = drawnPerson('short')
    for (let i = 0; i < plain.image.data.length; i += 3) {
      if (plain.image.data[i] === 40) plain.image.data.set([214, 30, 160], i)
    }
    const found = findOldHem(plain, body.tip_middle, body.to_hip) ?? Number.POSITIVE_INFINITY
    expect(found).toBeGreaterThan(body.to_hip * 1.2)
  })

  it('ends short sleeves above the elbow and long ones at the wrist', () => {
    const long = fitToBody(person, outlineOf('long'))
    expect(body.cuff_share).toBeGreaterThan(0.2)
    expect(body.cuff_share).toBeLessThan(0.55)
    expect(long.cuff_share).toBeCloseTo(0.99, 2)
    const sleeve = outlineOf('long').sleeve_right
    if (sleeve === null) throw new Error('drawn with sleeves')
    const lowest = Math.max(...sleeveFit(person, long, long.right, sleeve).pairs.map((pair) => pair.from.y))
    expect(Math.abs(lowest - person.pose.right.wrist.y)).toBeLessThan(20)
  })

  it('hangs straps of a sleeveless top inside the shoulder tips', () => {
    const tank = fitToBody(drawnPerson('none'), outlineOf('none'))
    const tips = tipsOf(drawnPerson('none'))
    expect(tank.cuff_share).toBe(0)
    expect(tank.left.tip.x).toBeGreaterThan(tips.left.x + 4)
    expect(depthBelow(person.frame, tank.left.tip, tank.left.armpit)).toBeGreaterThan(30)
  })
})

describe('warping the cloth', () => {
  it('draws torso and sleeves without a gap along the armholes', async () => {
    const person = drawnPerson('short')
    const cut = await drawnCut({ ...stripedTee, stripes: null })
    const fabric = await openFabric(cut, 0.45)
    const body = fitToBody(person, fabric.outline)
    const { pixels, outline } = fabric
    if (fabric.sleeve_right_alpha === null || outline.sleeve_right === null)
      throw new Error('drawn with sleeves')
    const torso = warpLayer(
      torsoFit(outline, body, person.frame),
      { pixels, alpha: fabric.torso_alpha },
      person.image,
    )
    const fit = sleeveFit(person, body, body.right, outline.sleeve_right)
    const sleeve = warpLayer(fit, { pixels, alpha: fabric.sleeve_right_alpha }, person.image)
    const { tip, armpit } = body.right
    for (let share = 0.1; share < 0.95; share += 0.05) {
      const x = Math.round(tip.x + (armpit.x - tip.x) * share)
      const y = Math.round(tip.y + (armpit.y - tip.y) * share)
      for (const dx of [-2, -1, 0, 1, 2]) {
        const i = y * 400 + x + dx
        expect(Math.max(torso.alpha.data[i] ?? 0, sleeve.alpha.data[i] ?? 0)).toBeGreaterThan(0.8)
      }
    }
  })

  it('reproduces the cloth when it is not bent at all', async () => {
    const cut = await drawnCut(stripedTee)
    const fabric = await openFabric(cut, 1)
    const corners = [
      { x: 0, y: 0 },
      { x: 600, y: 0 },
      { x: 600, y: 700 },
      { x: 0, y: 700 },
    ]
    const pairs = corners.map((at) => ({ from: at, to: { x: at.x + 0.5, y: at.y + 0.5 } }))
    const layer = warpLayer(
      { pairs, polygon: corners },
      { pixels: fabric.pixels, alpha: fabric.torso_alpha },
      fabric.pixels,
    )
    const i = 400 * 600 + 300
    expect(layer.alpha.data[i]).toBeCloseTo(1, 2)
    for (const c of [0, 1, 2]) {
      expect(
        Math.abs((layer.colour.data[i * 3 + c] ?? 0) - (fabric.pixels.data[i * 4 + c] ?? 0)),
      ).toBeLessThan(2)
    }
  })
})
