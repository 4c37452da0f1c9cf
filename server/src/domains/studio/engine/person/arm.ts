import { clamp, distance, lerp, mixPoints } from '../../raster/math.ts'
import type { Point } from '../../raster/types.ts'
import type { Arm } from './pose.ts'

/** Shoulder to wrist in pixels. */
export function armLength(arm: Arm): number {
  return distance(arm.shoulder, arm.elbow) + distance(arm.elbow, arm.wrist)
}

/** The point so many pixels from the shoulder joint along upper arm and forearm; goes on straight past the wrist. */
export function pointAlongArm(arm: Arm, along: number): Point {
  const upper = distance(arm.shoulder, arm.elbow)
  if (along <= upper) return mixPoints(arm.shoulder, arm.elbow, along / (upper || 1))
  return mixPoints(arm.elbow, arm.wrist, (along - upper) / (distance(arm.elbow, arm.wrist) || 1))
}

/** Half the width of a typical bare arm there: .098 units at the shoulder, .080 at the elbow, .052 at the wrist. */
export function armHalfWidth(arm: Arm, unit: number, along: number): number {
  const upper = distance(arm.shoulder, arm.elbow)
  if (along <= upper) return unit * lerp(0.098, 0.08, clamp(along / (upper || 1), 0, 1))
  return unit * lerp(0.08, 0.052, clamp((along - upper) / (distance(arm.elbow, arm.wrist) || 1), 0, 1))
}

/** How far along the arm a point lies, in pixels from the shoulder joint: the foot of its perpendicular. */
export function alongArm(arm: Arm, point: Point): number {
  const upper = distance(arm.shoulder, arm.elbow)
  const onUpper = foot(arm.shoulder, arm.elbow, point)
  const onFore = foot(arm.elbow, arm.wrist, point)
  return onUpper.away <= onFore.away ? onUpper.along : upper + onFore.along
}

function foot(from: Point, to: Point, point: Point): { along: number; away: number } {
  const length = distance(from, to) || 1
  const ux = (to.x - from.x) / length
  const uy = (to.y - from.y) / length
  const along = clamp((point.x - from.x) * ux + (point.y - from.y) * uy, 0, length)
  return { along, away: Math.hypot(point.x - from.x - ux * along, point.y - from.y - uy * along) }
}
