import { findComponents } from '../../raster/components.ts'
import type { RgbImage } from '../../raster/types.ts'
import { EngineRefusal, type RefusalCode } from '../refusal.ts'
import { type BodyFrame, depthBelow } from './body-frame.ts'
import { type ClassName, classNames, type Parse } from './parse.ts'
import type { Arm, Keypoint, Pose } from './pose.ts'

type Evidence = { image: RgbImage; whole: Parse; pose: Pose; frame: BodyFrame; people: number }

/** What the decisions rest on, in numbers without units so that it can be logged and the bounds retuned. */
export type Measures = Record<
  | 'person_share'
  | 'face_share'
  | 'clothes_share'
  | 'people'
  | 'shoulder_px'
  | 'shoulder_to_torso'
  | 'shoulder_to_face'
  | 'facing'
  | 'elbow_visibility'
  | 'hips_inside'
  | 'upright'
  | 'thigh_to_torso'
  | 'arms_crossed',
  number
>

/**
 * Refuses pictures that would become a bad result. The order matters: the first reason is the one whose
 * advice helps most. @throws EngineRefusal
 */
export function refuseUnsuitable(evidence: Evidence): void {
  const measures = measure(evidence)
  const code = refusalFor(measures)
  if (code !== null) throw new EngineRefusal(code, measures)
}

export function refusalFor(measures: Measures): RefusalCode | null {
  return rules.find(({ refuses }) => refuses(measures))?.code ?? null
}

/** Bounds were tuned on photos and mannequins; see README.md for the values seen on usable and unusable ones. */
const rules: readonly { code: RefusalCode; refuses: (m: Measures) => boolean }[] = [
  { code: 'no_person', refuses: (m) => m.person_share < 0.015 },
  { code: 'no_person', refuses: (m) => m.face_share < 0.002 && m.facing >= 0 && m.elbow_visibility < 0.2 },
  { code: 'several_people', refuses: (m) => m.people > 1 },
  // Before the size: seen from behind, the shoulders are found close together.
  { code: 'back_view', refuses: (m) => m.facing < 0 },
  { code: 'too_small', refuses: (m) => m.shoulder_px < 56 },
  { code: 'face_hidden', refuses: (m) => m.face_share < 0.006 },
  { code: 'hips_out_of_frame', refuses: (m) => m.hips_inside < 1 },
  // Of a bust portrait the model invents hips just above the lower border.
  { code: 'hips_out_of_frame', refuses: (m) => m.shoulder_to_torso > 1.1 },
  { code: 'arms_hidden', refuses: (m) => m.elbow_visibility < 0.5 },
  { code: 'pose_unusual', refuses: (m) => m.upright < 0.9 || m.arms_crossed > 0 },
  // Sitting: the thighs point at the camera.
  { code: 'pose_unusual', refuses: (m) => m.thigh_to_torso < 0.65 },
  { code: 'pose_unusual', refuses: (m) => m.shoulder_to_torso < 0.52 || m.shoulder_to_torso > 0.98 },
  { code: 'pose_unusual', refuses: (m) => m.shoulder_to_face < 1.3 || m.shoulder_to_face > 2.9 },
  { code: 'clothes_unclear', refuses: (m) => m.clothes_share < 0.04 },
]

function measure(evidence: Evidence): Measures {
  const { image, whole, pose, frame, people } = evidence
  const person = 1 - share(whole, 'background')
  const face = share(whole, 'face')
  const facePixels = face * image.width * image.height
  return {
    person_share: person,
    face_share: person > 0 ? face / person : 0,
    clothes_share: person > 0 ? (share(whole, 'clothes') + share(whole, 'other')) / person : 0,
    people,
    shoulder_px: frame.shoulder_width,
    shoulder_to_torso: frame.shoulder_width / (frame.torso_length || 1),
    shoulder_to_face: frame.shoulder_width / Math.sqrt(facePixels || 1),
    facing: Math.sign(pose.right.shoulder.x - pose.left.shoulder.x),
    elbow_visibility: Math.min(visibility(pose.left.elbow, image), visibility(pose.right.elbow, image)),
    hips_inside: isInside(pose.hip_left, image) && isInside(pose.hip_right, image) ? 1 : 0,
    upright: frame.down.y,
    thigh_to_torso: thighLength(pose, frame, image),
    arms_crossed: areArmsCrossed(pose, frame) ? 1 : 0,
  }
}

/** Separate faces of comparable size: people who stand apart. Those who touch are seen as one. */
export function countPeople(whole: Parse): number {
  const { sizes } = findComponents(whole.face)
  const largest = Math.max(...sizes, 1)
  const people = sizes.filter((size) => size >= 0.3 * largest && size >= 30)
  return Math.max(1, people.length)
}

function share(whole: Parse, name: ClassName): number {
  const { data } = whole[name]
  let count = 0
  for (let i = 0; i < data.length; i++) {
    const p = data[i] ?? 0
    if (classNames.every((other) => other === name || (whole[other].data[i] ?? 0) <= p)) count++
  }
  return count / data.length
}

/** How far the knees lie below the hips, in torso lengths; 1 when they are not in the picture. */
function thighLength(pose: Pose, frame: BodyFrame, image: RgbImage): number {
  const knees = [pose.knee_left, pose.knee_right].filter((knee) => visibility(knee, image) > 0.5)
  if (knees.length === 0) return 1
  const depths = knees.map((knee) => depthBelow(frame, frame.hip_middle, knee))
  return depths.reduce((sum, depth) => sum + depth, 0) / depths.length / (frame.torso_length || 1)
}

/** Both wrists lie before the middle of the torso, above the hips: the arms hide what is to be replaced. */
function areArmsCrossed(pose: Pose, frame: BodyFrame): boolean {
  const past = (arm: Arm, side: -1 | 1): boolean => {
    const x = arm.wrist.x - frame.shoulder_middle.x
    const y = arm.wrist.y - frame.shoulder_middle.y
    const across = (x * frame.across.x + y * frame.across.y) * side
    return (
      across < 0.05 * frame.unit && depthBelow(frame, frame.shoulder_middle, arm.wrist) < frame.torso_length
    )
  }
  return past(pose.left, -1) && past(pose.right, 1)
}

function visibility(point: Keypoint, image: RgbImage): number {
  return isInside(point, image) ? point.visibility : 0
}

function isInside(point: Keypoint, image: RgbImage): boolean {
  return point.x >= 0 && point.y >= 0 && point.x < image.width && point.y < image.height
}
