import { blur, boxBlur } from '../../raster/blur.ts'
import { labOf } from '../../raster/colour.ts'
import { clamp, smoothstep } from '../../raster/math.ts'
import { newPlane, type Plane, valueAt } from '../../raster/types.ts'
import type { BodyFit } from '../fit/body-fit.ts'
import type { Person } from '../person/analyse.ts'
import { armLength, pointAlongArm } from '../person/arm.ts'
import { depthBelow } from '../person/body-frame.ts'
import type { Arm } from '../person/pose.ts'
import type { ArmMasks } from './arm-masks.ts'

/**
 * The worn top, widened by its anti-aliased rim. Below its hem only what lies on the arms counts (long sleeves
 * reach further down than the body), so that trousers stay.
 */
export function oldTop(person: Person, body: BodyFit, found: { arms: ArmMasks; neck: Plane }): Plane {
  const raw = insideHem(person, body, found.arms)
  const { hair, face, skin } = person.parse
  const near = boxBlur(boxBlur(raw, 2), 1)
  const far = blur(raw, 0.055 * person.frame.unit)
  for (let i = 0; i < raw.data.length; i++) {
    const head = smoothstep(0.35, 0.75, (face.data[i] ?? 0) + (hair.data[i] ?? 0))
    const bare = smoothstep(0.5, 0.9, skin.data[i] ?? 0)
    const rim = smoothstep(0.02, 0.18, near.data[i] ?? 0) * (1 - head) * (1 - bare)
    // On skin next to the old cloth its shadow and colour bleed; only there, on arms and neck, the rim may be wider.
    const onSkin = clamp((found.arms.capsule.data[i] ?? 0) + (found.neck.data[i] ?? 0), 0, 1)
    const bleed =
      smoothstep(0.02, 0.5, far.data[i] ?? 0) * (1 - head) * smoothstep(0.15, 0.5, skin.data[i] ?? 0) * onSkin
    raw.data[i] = clamp(Math.max(raw.data[i] ?? 0, rim, bleed), 0, 1)
  }
  return raw
}

function insideHem(person: Person, body: BodyFit, arms: ArmMasks): Plane {
  const { width, height } = person.image
  const { frame, parse } = person
  const torso = frame.torso_length
  const known = body.old_hem !== null && body.old_hem < 1.45 * body.to_hip ? body.old_hem : null
  const hem = known ?? Math.max(body.length, body.to_hip * 1.02) - 0.02 * torso
  const depthAt = (i: number): number =>
    depthBelow(frame, body.tip_middle, { x: i % width, y: Math.floor(i / width) })
  const onSleeve = oldSleeves(person, arms, (i) => depthAt(i) > hem + 0.02 * torso)
  const out = newPlane(width, height)
  for (let i = 0; i < width * height; i++) {
    const clothes = parse.clothes.data[i] ?? 0
    if (clothes < 0.12) continue
    const above = 1 - smoothstep(hem - 0.01 * torso, hem + 0.01 * torso, depthAt(i))
    const share = above < 1 ? Math.max(above, onSleeve(i)) : 1
    out.data[i] = smoothstep(0.12, 0.5, clothes) * share
  }
  return out
}

/**
 * How surely a pixel below the hem is an old sleeve: on the arm above the old cuff, or beside it in the sleeve's
 * colour rather than in that of the trousers or skirt behind it.
 */
function oldSleeves(
  person: Person,
  arms: ArmMasks,
  isBelowHem: (i: number) => boolean,
): (i: number) => number {
  const cuff = Math.max(oldCuff(person, person.pose.left), oldCuff(person, person.pose.right))
  if (cuff === 0) return () => 0
  const lab = labOf(person.image)
  const { clothes } = person.parse
  const isCloth = (i: number): boolean => (clothes.data[i] ?? 0) > 0.8
  const onArm = (i: number): boolean => (arms.along.data[i] ?? -1) >= 0
  const sleeve = meanLab(
    lab,
    (i) => isCloth(i) && (arms.capsule.data[i] ?? 0) > 0.9 && (arms.along.data[i] ?? 2) < cuff,
  )
  const trousers = meanLab(lab, (i) => isCloth(i) && !onArm(i) && isBelowHem(i))
  return (i) => {
    const along = arms.along.data[i] ?? -1
    if (along < 0 || along > cuff + 0.05) return 0
    const near = arms.capsule.data[i] ?? 0
    if (near > 0.9 || sleeve === null || trousers === null) return near
    return awayFrom(lab, i, sleeve) < 0.7 * awayFrom(lab, i, trousers) ? 1 : near
  }
}

type Colour = [number, number, number]

function meanLab(lab: Float32Array, belongs: (i: number) => boolean): Colour | null {
  const sum: Colour = [0, 0, 0]
  let count = 0
  for (let i = 0; i < lab.length / 3; i += 2) {
    if (!belongs(i)) continue
    for (const c of [0, 1, 2] as const) sum[c] += lab[i * 3 + c] ?? 0
    count++
  }
  return count < 40 ? null : [sum[0] / count, sum[1] / count, sum[2] / count]
}

function awayFrom(lab: Float32Array, i: number, colour: Colour): number {
  return Math.hypot(...([0, 1, 2] as const).map((c) => (lab[i * 3 + c] ?? 0) - colour[c]))
}

/** How far down the arm the worn sleeve reaches, as a share of the arm: where the axis turns to bare skin. */
function oldCuff(person: Person, arm: Arm): number {
  const length = armLength(arm)
  let clothed = 0
  for (let share = 0.04; share <= 1; share += 0.04) {
    const at = pointAlongArm(arm, share * length)
    if (valueAt(person.parse.skin, at.x, at.y) > 0.5) break
    if (valueAt(person.parse.clothes, at.x, at.y) > 0.5) clothed = share
  }
  return clothed
}
