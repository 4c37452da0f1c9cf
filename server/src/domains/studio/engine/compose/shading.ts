import { blur, softBlur, weightedBlur } from '../../raster/blur.ts'
import { insideDistance } from '../../raster/distance.ts'
import { clamp, smoothstep } from '../../raster/math.ts'
import { type Plane, planeLike } from '../../raster/types.ts'
import { depthBelow } from '../person/body-frame.ts'
import type { Scene } from './scene.ts'

/** How strongly folds and large light–dark of the old clothes show on the new ones. */
const foldStrength = 0.75
const bodyStrength = 0.45

/** Factor of light for every pixel of the new garment, 1 = as in the product picture. */
export function garmentShade(scene: Scene): Plane {
  const folds = oldFolds(scene)
  const depth = insideDistance(scene.cover)
  const rim = 0.07 * scene.person.frame.unit
  const dark = shadowFromAbove(scene)
  return planeLike(folds, (i) => {
    if ((scene.cover.data[i] ?? 0) <= 0) return 1
    const edge = 1 - 0.2 * (1 - clamp((depth.data[i] ?? 0) / rim, 0, 1)) ** 2
    return (folds.data[i] ?? 1) * edge * (1 - 0.3 * clamp((dark.data[i] ?? 0) * 1.3, 0, 1))
  })
}

/**
 * Folds and body shape read from the old clothes: the ratio of their luma to its surroundings. Prints are kept out
 * by weights that fall where a pixel differs much from its neighbourhood.
 */
function oldFolds(scene: Scene): Plane {
  const { person, cover, removed } = scene
  const { luma, frame, parse } = person
  const unit = frame.unit
  const aboveHem = awayFromOldHem(scene)
  // Only the old top: pockets and seams of trousers below its hem are no folds of a shirt.
  const region = planeLike(luma, (i) => {
    const cloth = smoothstep(0.4, 0.8, parse.clothes.data[i] ?? 0) * (removed.data[i] ?? 0)
    return (cover.data[i] ?? 0) * cloth * aboveHem(i)
  })
  const mean = meanUnder(luma, region)
  const around = weightedBlur(luma, region, 0.16 * unit, mean)
  const deviation = planeLike(luma, (i) =>
    Math.log(((luma.data[i] ?? 0) + 0.05) / ((around.data[i] ?? 0) + 0.05)),
  )
  const trust = planeLike(luma, (i) => {
    const excess = Math.max(0, Math.abs(deviation.data[i] ?? 0) - 0.16) / 0.1
    return (region.data[i] ?? 0) * Math.exp(-excess * excess)
  })
  const detail = weightedBlur(deviation, trust, Math.max(1.2, 0.01 * unit), 0)
  const known = blur(trust, 0.02 * unit)
  const low = weightedBlur(luma, trust, 0.1 * unit, mean)
  const lowKnown = softBlur(trust, 0.1 * unit)
  const whole = weightedBlur(luma, trust, 0.7 * unit, mean)
  return planeLike(luma, (i) => {
    if ((cover.data[i] ?? 0) <= 0) return 1
    const fold = clamp(detail.data[i] ?? 0, -0.35, 0.16) * clamp((known.data[i] ?? 0) * 1.6, 0, 1)
    const ratio = ((low.data[i] ?? 0) + 0.06) / ((whole.data[i] ?? 0) + 0.06)
    const form = clamp(Math.log(ratio), -0.3, 0.12) * clamp((lowKnown.data[i] ?? 0) * 2.5, 0, 1)
    return Math.exp(foldStrength * fold + bodyStrength * form)
  })
}

/** 0 at the old hem, 1 a tenth of the torso above it: the dark roll of a hem must not become a belt on the new top. */
function awayFromOldHem({ person, body }: Scene): (i: number) => number {
  const { old_hem } = body
  if (old_hem === null) return () => 1
  const { width } = person.image
  const torso = person.frame.torso_length
  return (i) => {
    const depth = depthBelow(person.frame, body.tip_middle, { x: i % width, y: Math.floor(i / width) })
    return 1 - smoothstep(old_hem - 0.1 * torso, old_hem - 0.03 * torso, depth)
  }
}

function meanUnder(values: Plane, mask: Plane): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < values.data.length; i++) {
    if ((mask.data[i] ?? 0) <= 0.5) continue
    sum += values.data[i] ?? 0
    count++
  }
  return count > 0 ? sum / count : 0.5
}

/** Contact shadow of chin, hair and arms on the garment, fallen a little downwards. */
function shadowFromAbove(scene: Scene): Plane {
  const { person, arms } = scene
  const { hair, face } = person.parse
  const casters = planeLike(hair, (i) =>
    Math.max(arms.in_front.data[i] ?? 0, (hair.data[i] ?? 0) * 0.8, (face.data[i] ?? 0) * 0.9),
  )
  const soft = movedDown(softBlur(casters, 0.045 * person.frame.unit), 0.02 * person.frame.unit)
  return planeLike(soft, (i) => (soft.data[i] ?? 0) * (1 - (casters.data[i] ?? 0)))
}

/** Shadow of hem, cuffs and collar on the body below them, 0..1. */
export function shadowOnBody(scene: Scene): Plane {
  const { person, cover, removed, arms, neck } = scene
  const { skin, clothes, other, face, hair } = person.parse
  const soft = movedDown(blur(cover, 0.022 * person.frame.unit), 0.022 * person.frame.unit)
  return planeLike(soft, (i) => {
    const gone = removed.data[i] ?? 0
    const kept = ((clothes.data[i] ?? 0) + (other.data[i] ?? 0)) * (1 - gone)
    const uncovered = gone * Math.max(arms.capsule.data[i] ?? 0, neck.data[i] ?? 0)
    const onBody = clamp((skin.data[i] ?? 0) + kept + uncovered, 0, 1)
    const free = (1 - (cover.data[i] ?? 0)) * (1 - (face.data[i] ?? 0)) * (1 - (hair.data[i] ?? 0))
    return (soft.data[i] ?? 0) * onBody * free
  })
}

function movedDown(plane: Plane, by: number): Plane {
  const rows = Math.round(by)
  const data = new Float32Array(plane.data.length)
  data.set(plane.data.subarray(0, data.length - rows * plane.width), rows * plane.width)
  return { width: plane.width, height: plane.height, data }
}
