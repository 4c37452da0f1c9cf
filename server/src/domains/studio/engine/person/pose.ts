import { type Square, sampleSquare } from '../../raster/resample.ts'
import type { Point, RgbImage } from '../../raster/types.ts'
import type { Model } from '../models.ts'
import type { Rect } from './parse.ts'

/** A point of the pose model in pixels of the picture; `visibility` 0..1 says that it is not hidden. */
export type Keypoint = Point & { visibility: number }

/** One arm. Sides are sides of the PICTURE: `left` is the wearer's right arm when facing the camera. */
export type Arm = { shoulder: Keypoint; elbow: Keypoint; wrist: Keypoint; finger: Keypoint }

export type Pose = {
  nose: Keypoint
  left: Arm
  right: Arm
  hip_left: Keypoint
  hip_right: Keypoint
  knee_left: Keypoint
  knee_right: Keypoint
  /** The square from which a next run on the same picture should start. */
  square: Square
}

/**
 * Finds the pose without a detector: a square round the person, run, and once more on the square that the model's
 * two auxiliary points propose. Its own score is not used: it is 1.00 even on failures.
 */
export async function findPose(model: Model, image: RgbImage, bounds: Rect): Promise<Pose> {
  const first: Square = {
    cx: (bounds.left + bounds.right) / 2,
    cy: (bounds.top + bounds.bottom) / 2,
    side: Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) * 1.25,
    rotation: 0,
  }
  const rough = await runPose(model, image, first)
  return runPose(model, image, rough.square)
}

/** One run on a known square. */
export async function runPose(model: Model, image: RgbImage, square: Square): Promise<Pose> {
  const outputs = await model.run(sampleSquare(image, square, model.side))
  const values = outputs.find((output) => output.length === 195)
  if (values === undefined) throw new Error('the pose model gave no landmarks')
  const cos = Math.cos(square.rotation)
  const sin = Math.sin(square.rotation)
  const point = (index: number): Keypoint => {
    const u = ((values[index * 5] ?? 0) / model.side - 0.5) * square.side
    const v = ((values[index * 5 + 1] ?? 0) / model.side - 0.5) * square.side
    return {
      x: square.cx + u * cos - v * sin,
      y: square.cy + u * sin + v * cos,
      visibility: 1 / (1 + Math.exp(-(values[index * 5 + 3] ?? 0))),
    }
  }
  // BlazePose numbering: odd points are the wearer's left, even ones the right, which is at the picture's left.
  return {
    nose: point(0),
    left: { shoulder: point(12), elbow: point(14), wrist: point(16), finger: point(20) },
    right: { shoulder: point(11), elbow: point(13), wrist: point(15), finger: point(19) },
    hip_left: point(24),
    hip_right: point(23),
    knee_left: point(26),
    knee_right: point(25),
    square: nextSquare(point(33), point(34)),
  }
}

/** Points 33 and 34 are the middle of the hips and a point on the circle that holds the whole body. */
function nextSquare(centre: Point, rim: Point): Square {
  const side = 2 * Math.hypot(centre.x - rim.x, centre.y - rim.y) * 1.25
  const turn = Math.PI / 2 - Math.atan2(centre.y - rim.y, rim.x - centre.x)
  return { cx: centre.x, cy: centre.y, side, rotation: Math.atan2(Math.sin(turn), Math.cos(turn)) }
}
