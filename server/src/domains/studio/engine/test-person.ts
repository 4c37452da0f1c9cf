import { boxBlur } from '../raster/blur.ts'
import { lumaOf } from '../raster/colour.ts'
import { fillPolygon } from '../raster/polygon.ts'
import { newPlane, type Plane, type Point, planeLike, type RgbImage } from '../raster/types.ts'
import type { Person } from './person/analyse.ts'
import { bodyFrame } from './person/body-frame.ts'
import { mapClasses } from './person/parse.ts'
import type { Arm, Keypoint, Pose } from './person/pose.ts'

/**
 * A person of polygons, exactly symmetric round x = 200: a magenta top with short or long sleeves, blue trousers, and
 * the pose and parse that belong to it. For geometry tests without models.
 */

const size = { width: 400, height: 600 }

export const oldTopColour = [214, 30, 160] as const
const colours = {
  background: [200, 206, 210],
  hair: [60, 40, 30],
  skin: [226, 180, 150],
  face: [232, 188, 158],
  trousers: [40, 60, 110],
  top: oldTopColour,
} as const

export function drawnPerson(sleeve: 'none' | 'short' | 'long'): Person {
  const masks = masksOf(sleeve)
  const image = paint(masks)
  const parse = mapClasses((name) => {
    switch (name) {
      case 'hair':
        return boxBlur(masks.hair, 1)
      case 'face':
        return boxBlur(masks.face, 1)
      case 'skin':
        return boxBlur(masks.skin, 1)
      case 'clothes':
        return boxBlur(
          planeLike(size, (i) => Math.max(masks.top.data[i] ?? 0, masks.trousers.data[i] ?? 0)),
          1,
        )
      case 'background':
        return boxBlur(masks.background, 1)
      case 'other':
        return newPlane(size.width, size.height)
    }
  })
  const pose = poseOf()
  return { image, luma: lumaOf(image), pose, frame: bodyFrame(pose), parse }
}

type Masks = Record<'hair' | 'face' | 'skin' | 'top' | 'trousers' | 'background', Plane>

function masksOf(sleeve: 'none' | 'short' | 'long'): Masks {
  const head = disc(200, 80, 34)
  const hair = fill([
    [160, 30],
    [240, 30],
    [240, 62],
    [160, 62],
  ])
  const neck = fill([
    [182, 100],
    [218, 100],
    [222, 140],
    [178, 140],
  ])
  const torso = fill([
    [176, 136],
    [224, 136],
    [264, 152],
    [262, 250],
    [256, 330],
    [144, 330],
    [138, 250],
    [136, 152],
  ])
  const trousers = fill([
    [142, 328],
    [258, 328],
    [268, 590],
    [206, 590],
    [200, 380],
    [194, 590],
    [132, 590],
  ])
  const arms = union(limb(1), limb(-1))
  const end = { none: 0, short: 250, long: 362 }[sleeve]
  const sleeves = planeLike(arms, (i) => (Math.floor(i / size.width) < end ? (arms.data[i] ?? 0) : 0))
  const top = union(torso, sleeves)
  const face = minus(head, hair)
  const skin = minus(union(neck, arms), union(top, head))
  const person = [hair, face, skin, top, trousers].reduce(union)
  const background = planeLike(person, (i) => 1 - (person.data[i] ?? 0))
  return { hair, face, skin, top, trousers: minus(trousers, top), background }
}

/** A straight arm hanging a little away from the body. */
function limb(side: 1 | -1): Plane {
  const mirror = (x: number): number => 200 + side * (x - 200)
  const line: [number, number][] = [
    [250, 150],
    [272, 168],
    [300, 372],
    [296, 400],
    [278, 402],
    [272, 374],
    [252, 230],
  ]
  return fill(line.map(([x, y]) => [mirror(x), y]))
}

function paint(masks: Masks): RgbImage {
  const data = new Uint8Array(size.width * size.height * 3)
  const order = ['background', 'trousers', 'top', 'skin', 'face', 'hair'] as const
  for (let i = 0; i < size.width * size.height; i++) {
    for (const name of order) if ((masks[name].data[i] ?? 0) > 0.5) data.set(colours[name], i * 3)
  }
  return { ...size, data }
}

function poseOf(): Pose {
  const at = (x: number, y: number): Keypoint => ({ x, y, visibility: 0.99 })
  const arm = (side: 1 | -1): Arm => {
    const mirror = (x: number): number => 200 + side * (x - 200)
    return {
      shoulder: at(mirror(250), 166),
      elbow: at(mirror(272), 262),
      wrist: at(mirror(285), 360),
      finger: at(mirror(287), 398),
    }
  }
  return {
    nose: at(200, 84),
    left: arm(-1),
    right: arm(1),
    hip_left: at(168, 330),
    hip_right: at(232, 330),
    knee_left: at(164, 450),
    knee_right: at(236, 450),
    square: { cx: 200, cy: 330, side: 700, rotation: 0 },
  }
}

function fill(points: [number, number][]): Plane {
  return fillPolygon(
    points.map(([x, y]): Point => ({ x, y })),
    size,
  )
}

function disc(x: number, y: number, radius: number): Plane {
  return planeLike(size, (i) =>
    Math.hypot((i % size.width) + 0.5 - x, Math.floor(i / size.width) + 0.5 - y) < radius ? 1 : 0,
  )
}

function union(a: Plane, b: Plane): Plane {
  return planeLike(a, (i) => Math.max(a.data[i] ?? 0, b.data[i] ?? 0))
}

function minus(a: Plane, b: Plane): Plane {
  return planeLike(a, (i) => Math.max(0, (a.data[i] ?? 0) - (b.data[i] ?? 0)))
}
