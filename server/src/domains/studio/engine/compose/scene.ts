import { boxBlur } from '../../raster/blur.ts'
import { fillPolygon } from '../../raster/polygon.ts'
import { type Plane, type Point, planeLike } from '../../raster/types.ts'
import type { BodyFit } from '../fit/body-fit.ts'
import type { Layer } from '../fit/warp-layer.ts'
import type { Person } from '../person/analyse.ts'
import { moved } from '../person/body-frame.ts'
import { type ArmMasks, armMasks } from './arm-masks.ts'
import { oldTop } from './old-top.ts'
import { slitUnderlay } from './underlay.ts'

/** Everything the painting steps share. */
export type Scene = {
  person: Person
  body: BodyFit
  /** Closes slits below torso and sleeves. */
  underlay: Layer
  torso: Layer
  sleeves: Layer[]
  /** How much of each pixel the new garment covers. */
  cover: Plane
  arms: ArmMasks
  /** Neck and décolleté: where removed cloth uncovers skin. */
  neck: Plane
  /** How much of each pixel is old top that must go. */
  removed: Plane
}

export function sceneOf(person: Person, body: BodyFit, layers: { torso: Layer; sleeves: Layer[] }): Scene {
  const { torso, sleeves } = layers
  const arms = armMasks(person)
  const neck = boxBlur(fillPolygon(neckArea(person, body), person.image), 2)
  const removed = oldTop(person, body, { arms, neck })
  const underlay = slitUnderlay({ person, body, layers: [torso, ...sleeves], arms, removed })
  const cover = planeLike(person.image, (i) => {
    let alpha = Math.max(torso.alpha.data[i] ?? 0, underlay.alpha.data[i] ?? 0)
    for (const sleeve of sleeves) alpha = Math.max(alpha, sleeve.alpha.data[i] ?? 0)
    return alpha
  })
  return { person, body, underlay, torso, sleeves, cover, arms, neck, removed }
}

function neckArea(person: Person, body: BodyFit): Point[] {
  const { frame } = person
  const u = frame.unit
  const { left, right } = body
  return [
    moved(frame, left.neck, -0.05 * u, -0.02 * u),
    moved(frame, left.neck, 0, -0.28 * u),
    moved(frame, right.neck, 0, -0.28 * u),
    moved(frame, right.neck, 0.05 * u, -0.02 * u),
    moved(frame, right.tip, -0.02 * u, 0),
    moved(frame, right.armpit, -0.06 * u, 0),
    moved(frame, left.armpit, 0.06 * u, 0),
    moved(frame, left.tip, 0.02 * u, 0),
  ]
}
