import { boxBlur } from '../../raster/blur.ts'
import { labOf } from '../../raster/colour.ts'
import { smoothstep } from '../../raster/math.ts'
import { fillPolygon } from '../../raster/polygon.ts'
import type { RgbImage } from '../../raster/types.ts'
import { type BodyFrame, moved } from './body-frame.ts'
import type { Parse } from './parse.ts'
import type { Pose } from './pose.ts'

/**
 * Inside the torso everything that is neither hair nor of skin colour becomes clothes, in place. The model files
 * plain saturated cloth under "other", and prints under skin or background.
 */
export function claimTorso(parse: Parse, image: RgbImage, pose: Pose, frame: BodyFrame): void {
  const lab = labOf(image)
  const tone = skinTone(parse, lab)
  const hull = boxBlur(fillPolygon(hullOf(pose, frame), image), 3)
  const { background, skin, other, clothes } = parse
  for (let i = 0; i < hull.data.length; i++) {
    const h = hull.data[i] ?? 0
    if (h <= 0.05) continue
    let claimed = ((background.data[i] ?? 0) + (other.data[i] ?? 0)) * h
    const s = skin.data[i] ?? 0
    if (s > 0.02 && s < 0.9) {
      const l = ((lab[i * 3] ?? 0) - tone[0]) * 0.5
      const away = Math.hypot(l, (lab[i * 3 + 1] ?? 0) - tone[1], (lab[i * 3 + 2] ?? 0) - tone[2])
      const unlike = smoothstep(16, 30, away)
      claimed += s * unlike * h
      skin.data[i] = s * (1 - unlike * h)
    }
    clothes.data[i] = Math.min(1, (clothes.data[i] ?? 0) + claimed)
    background.data[i] = (background.data[i] ?? 0) * (1 - h)
    other.data[i] = (other.data[i] ?? 0) * (1 - h)
  }
}

function hullOf(pose: Pose, frame: BodyFrame): { x: number; y: number }[] {
  const { left, right, hip_left, hip_right } = pose
  const u = frame.unit
  const below = 0.3 * frame.torso_length
  return [
    moved(frame, left.shoulder, -0.02 * u, -0.02 * u),
    moved(frame, frame.shoulder_middle, 0, 0.1 * frame.torso_length),
    moved(frame, right.shoulder, 0.02 * u, -0.02 * u),
    moved(frame, right.shoulder, -0.01 * u, below),
    moved(frame, hip_right, 0.02 * u, 0),
    moved(frame, hip_left, -0.02 * u, 0),
    moved(frame, left.shoulder, 0.01 * u, below),
  ]
}

/** Mean Lab of surely bare skin. */
function skinTone(parse: Parse, lab: Float32Array): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  for (let i = 0; i < parse.skin.data.length; i += 5) {
    if ((parse.face.data[i] ?? 0) <= 0.9 && (parse.skin.data[i] ?? 0) <= 0.97) continue
    sum[0] += lab[i * 3] ?? 0
    sum[1] += lab[i * 3 + 1] ?? 0
    sum[2] += lab[i * 3 + 2] ?? 0
    count++
  }
  const n = count || 1
  return [sum[0] / n, sum[1] / n, sum[2] / n]
}
