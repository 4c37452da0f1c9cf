import { boxBlur } from '../../raster/blur.ts'
import { fillPolygon } from '../../raster/polygon.ts'
import { type Plane, type Point, planeLike } from '../../raster/types.ts'
import { type BodyFit, tipsOf } from '../fit/body-fit.ts'
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
  const chest = fillPolygon(neckArea(person, body), person.image)
  // A deep neckline shows skin below the armpits too.
  const opening = fillPolygon([body.left.neck, ...body.neckline, body.right.neck], person.image)
  const neck = boxBlur(
    planeLike(chest, (i) => Math.max(chest.data[i] ?? 0, opening.data[i] ?? 0)),
    2,
  )
  const removed = oldTop(person, body, { arms, neck })
  const underlay = slitUnderlay({ person, body, layers: [torso, ...sleeves], arms, removed })
  const cover = planeLike(person.image, (i) => {
    let alpha = Math.max(torso.alpha.data[i] ?? 0, underlay.alpha.data[i] ?? 0)
    for (const sleeve of sleeves) alpha = Math.max(alpha, sleeve.alpha.data[i] ?? 0)
    return alpha
  })
  return { person, body, underlay, torso, sleeves, cover, arms, neck, removed }
}

/** From the neck over both shoulders, as wide as the joints, down to the armpits. */
function neckArea(person: Person, body: BodyFit): Point[] {
  const { frame, pose } = person
  const u = frame.unit
  const { left, right } = body
  const tips = tipsOf(person)
  const armpit = 0.18 * frame.torso_length
  return [
    moved(frame, left.neck, -0.05 * u, -0.02 * u),
    moved(frame, left.neck, 0, -0.28 * u),
    moved(frame, right.neck, 0, -0.28 * u),
    moved(frame, right.neck, 0.05 * u, -0.02 * u),
    moved(frame, tips.right, -0.02 * u, -0.01 * u),
    moved(frame, pose.right.shoulder, 0.09 * u, -0.02 * u),
    moved(frame, pose.right.shoulder, 0.02 * u, armpit),
    moved(frame, body.right.armpit, -0.01 * u, 0.03 * u),
    moved(frame, body.left.armpit, 0.01 * u, 0.03 * u),
    moved(frame, pose.left.shoulder, -0.02 * u, armpit),
    moved(frame, pose.left.shoulder, -0.09 * u, -0.02 * u),
    moved(frame, tips.left, 0.02 * u, -0.01 * u),
  ]
}
