import { boxBlur } from '../../raster/blur.ts'
import { outsideDistance } from '../../raster/distance.ts'
import { clamp, smoothstep } from '../../raster/math.ts'
import { toBytes } from '../../raster/picture-io.ts'
import { fillPolygon } from '../../raster/polygon.ts'
import { pyramidFill } from '../../raster/pyramid-fill.ts'
import { type FloatRgb, newPlane, type Plane, type Point, planeLike } from '../../raster/types.ts'
import type { BodyFit } from '../fit/body-fit.ts'
import type { Layer } from '../fit/warp-layer.ts'
import type { Person } from '../person/analyse.ts'
import { depthBelow, moved } from '../person/body-frame.ts'
import type { ArmMasks } from './arm-masks.ts'

type Parts = { person: Person; body: BodyFit; layers: Layer[]; arms: ArmMasks; removed: Plane }

/** Slits up to this many units wide are closed on shoulders and arms; beside the torso hardly any are. */
const reachUnits = 0.035
const torsoReachUnits = 0.01

/**
 * A layer below the garment that closes slits along shoulders, seams and sleeves: where old cloth, or the arm above
 * the cuff, shows within a few pixels of the new garment, the garment's own colour goes on. Not in the neck opening
 * and, without sleeves, not on the arms: there bare skin is right.
 */
export function slitUnderlay(parts: Parts): Layer {
  const { person, body, layers } = parts
  const cover = planeLike(person.image, (i) => Math.max(...layers.map((layer) => layer.alpha.data[i] ?? 0)))
  const reach = reachUnits * person.frame.unit
  const away = outsideDistance(cover)
  const open = fillPolygon(neckOpening(person, body), person.image)
  const isSleeveless = body.cuff_share <= 0
  const alpha = planeLike(person.image, (i) => {
    const d = away.data[i] ?? 0
    if (d > reach || (open.data[i] ?? 0) > 0.5) return 0
    if (isSleeveless && d > 0 && isAtArmhole(person, body, i)) return 0
    const wanted = d === 0 ? 1 : wantedAt(parts, i)
    const limit = isBesideTorso(parts, i) ? torsoReachUnits * person.frame.unit : reach
    return wanted * (1 - smoothstep(limit * 0.7, limit, d))
  })
  return { colour: extended(layers, cover), alpha: boxBlur(alpha, 1) }
}

/** A sleeveless top has no seam to close above the armpits, and beside its straps bare skin is right. */
function isAtArmhole(person: Person, body: BodyFit, i: number): boolean {
  const point = { x: i % person.image.width, y: Math.floor(i / person.image.width) }
  const { frame } = person
  return depthBelow(frame, body.tip_middle, point) <= depthBelow(frame, body.tip_middle, body.left.armpit)
}

/** Below the armpits and off the arms: an old hem that flares out is taken away, not covered. */
function isBesideTorso({ person, body, arms }: Parts, i: number): boolean {
  const point = { x: i % person.image.width, y: Math.floor(i / person.image.width) }
  const armpit = depthBelow(person.frame, body.tip_middle, body.left.armpit)
  return depthBelow(person.frame, body.tip_middle, point) > armpit && (arms.capsule.data[i] ?? 0) < 0.3
}

/** 0..1: old cloth that must not show, or the arm inside a sleeve. */
function wantedAt(parts: Parts, i: number): number {
  const { person, body, arms, removed } = parts
  const along = arms.along.data[i] ?? -1
  const cuff = body.cuff_share
  const onArm = along >= 0 && along < 2 && (arms.capsule.data[i] ?? 0) > 0.3
  if (onArm && along > cuff) return 0
  const gone = smoothstep(0.3, 0.6, removed.data[i] ?? 0)
  if (along < 0 || along > cuff - 0.03 || cuff <= 0) return gone
  return Math.max(gone, smoothstep(0.3, 0.6, person.parse.skin.data[i] ?? 0))
}

/** From the neck points up; the neckline itself is the lower border. */
function neckOpening(person: Person, body: BodyFit): Point[] {
  const { frame } = person
  const side = 0.02 * frame.unit
  const up = -0.4 * frame.unit
  return [
    ...body.neckline,
    moved(frame, body.right.neck, side, 0),
    moved(frame, body.right.neck, side, up),
    moved(frame, body.left.neck, -side, up),
    moved(frame, body.left.neck, -side, 0),
  ]
}

/** The layers' colours spread outwards. */
function extended(layers: Layer[], cover: Plane): FloatRgb {
  const { width, height } = cover
  const known = newPlane(width, height)
  const colour: FloatRgb = { width, height, data: new Float32Array(width * height * 3) }
  for (let i = 0; i < known.data.length; i++) {
    const layer = layers.find((l) => (l.alpha.data[i] ?? 0) > 0.9)
    if (layer === undefined) continue
    known.data[i] = 1
    for (let c = 0; c < 3; c++) colour.data[i * 3 + c] = clamp(layer.colour.data[i * 3 + c] ?? 0, 0, 255)
  }
  return pyramidFill(toBytes(colour), known)
}
