import { distance, mixPoints } from '../../raster/math.ts'
import type { Point } from '../../raster/types.ts'
import type { Pose } from './pose.ts'

/**
 * The person's own coordinate frame: `across` points from the picture-left shoulder to the right one, `down` from
 * the shoulders to the hips (not exactly at right angles: people lean). All lengths in the fitting are shares of `unit`.
 */
export type BodyFrame = {
  shoulder_middle: Point
  hip_middle: Point
  across: Point
  down: Point
  /** Distance between the shoulder joints in pixels. */
  shoulder_width: number
  /** Distance from shoulder middle to hip middle in pixels. */
  torso_length: number
  /** The larger of shoulder width and .55 torso lengths, so that a turned person is not drawn too thin. */
  unit: number
}

export function bodyFrame(pose: Pose): BodyFrame {
  const { left, right, hip_left, hip_right } = pose
  const shoulderMiddle = mixPoints(left.shoulder, right.shoulder, 0.5)
  const hipMiddle = mixPoints(hip_left, hip_right, 0.5)
  const width = distance(left.shoulder, right.shoulder)
  const length = distance(shoulderMiddle, hipMiddle)
  return {
    shoulder_middle: shoulderMiddle,
    hip_middle: hipMiddle,
    across: direction(left.shoulder, right.shoulder),
    down: direction(shoulderMiddle, hipMiddle),
    shoulder_width: width,
    torso_length: length,
    unit: Math.max(width, length * 0.55, 1),
  }
}

/** `origin` moved by pixels across and down. */
export function moved(frame: BodyFrame, origin: Point, across: number, down: number): Point {
  return {
    x: origin.x + frame.across.x * across + frame.down.x * down,
    y: origin.y + frame.across.y * across + frame.down.y * down,
  }
}

/** How far below the point `from` lies `point`, measured along `down`. */
export function depthBelow(frame: BodyFrame, from: Point, point: Point): number {
  return (point.x - from.x) * frame.down.x + (point.y - from.y) * frame.down.y
}

export function direction(from: Point, to: Point): Point {
  const length = distance(from, to) || 1
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
}
