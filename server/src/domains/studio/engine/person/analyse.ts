import { lumaOf } from '../../raster/colour.ts'
import { guidedCoefficients, prepareGuide } from '../../raster/guided-filter.ts'
import { clamp } from '../../raster/math.ts'
import { resizeRgb } from '../../raster/picture-io.ts'
import { halvePlane, resizePlane } from '../../raster/resample.ts'
import { newPlane, type Plane, type RgbImage } from '../../raster/types.ts'
import type { Models } from '../models.ts'
import { EngineRefusal } from '../refusal.ts'
import { type BodyFrame, bodyFrame } from './body-frame.ts'
import { countPeople, refuseUnsuitable } from './gates.ts'
import {
  classNames,
  mapClasses,
  type Parse,
  parseUpperBody,
  parseWhole,
  personBounds,
  type Rect,
} from './parse.ts'
import { findPose, type Pose } from './pose.ts'
import { refineByColour } from './refine.ts'
import { claimTorso } from './torso-hull.ts'

/** All that is known about the person; every plane has the size of the image. */
export type Person = {
  image: RgbImage
  luma: Plane
  pose: Pose
  frame: BodyFrame
  parse: Parse
}

/**
 * Parses the picture, finds the pose and refuses what cannot become a good result.
 * Colour refinement runs at half size, edges at full size.
 * @throws EngineRefusal with the reason
 */
export async function analysePerson(models: Models, image: RgbImage): Promise<Person> {
  const whole = await parseWhole(models.parsing, image)
  const bounds = personBounds(whole)
  if (bounds === null) throw new EngineRefusal('no_person')
  const people = countPeople(whole)
  const scaleX = image.width / models.parsing.side
  const scaleY = image.height / models.parsing.side
  const pose = await findPose(models.pose, image, {
    left: bounds.left * scaleX,
    right: bounds.right * scaleX,
    top: bounds.top * scaleY,
    bottom: bounds.bottom * scaleY,
  })
  const frame = bodyFrame(pose)
  refuseUnsuitable({ image, whole, pose, frame, people })
  const parse = await fullParse(models, image, { whole, pose, frame })
  claimTorso(parse, image, pose, frame)
  return { image, luma: lumaOf(image), pose, frame, parse }
}

async function fullParse(
  models: Models,
  image: RgbImage,
  found: { whole: Parse; pose: Pose; frame: BodyFrame },
): Promise<Parse> {
  const width = Math.ceil(image.width / 2)
  const height = Math.ceil(image.height / 2)
  const rect = upperBody(found.pose, found.frame)
  const view = { whole: found.whole, rect, feather: found.frame.unit * 0.2, width, height }
  const rough = await parseUpperBody(models.parsing, image, view)
  const refined = refineByColour(rough, await resizeRgb(image, width, height))
  return followEdges(refined, image, found.frame.unit)
}

/** From above the head's middle to below the hips, with both arms. */
function upperBody(pose: Pose, frame: BodyFrame): Rect {
  const { left, right, hip_left, hip_right, nose } = pose
  const points = [left, right].flatMap((arm) => [arm.shoulder, arm.elbow, arm.wrist, arm.finger])
  const xs = [...points, hip_left, hip_right].map((point) => point.x)
  const margin = 0.35 * frame.unit
  return {
    left: Math.min(...xs) - margin,
    right: Math.max(...xs) + margin,
    top: Math.min(nose.y, frame.shoulder_middle.y) - 0.5 * frame.unit,
    bottom: frame.hip_middle.y + 0.75 * frame.unit,
  }
}

/** Guided filter with coefficients at half size, applied to the luma at full size ("fast guided filter", He 2015). */
function followEdges(half: Parse, image: RgbImage, unit: number): Parse {
  const luma = lumaOf(image)
  const small = halvePlane(luma)
  const guide = prepareGuide(small, Math.max(2, Math.round(unit * 0.01)))
  const sum = newPlane(image.width, image.height)
  const out = mapClasses((name) => {
    const { slope, offset } = guidedCoefficients(guide, half[name], 4e-4)
    const a = resizePlane(slope, image.width, image.height)
    const b = resizePlane(offset, image.width, image.height)
    for (let i = 0; i < a.data.length; i++) {
      const v = clamp((a.data[i] ?? 0) * (luma.data[i] ?? 0) + (b.data[i] ?? 0), 0, 1)
      a.data[i] = v
      sum.data[i] = (sum.data[i] ?? 0) + v
    }
    return a
  })
  for (const name of classNames) {
    const { data } = out[name]
    for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) / (sum.data[i] || 1)
  }
  return out
}
