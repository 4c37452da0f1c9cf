import { clamp, distance, smoothstep } from '../../raster/math.ts'
import { newPlane, type Plane, type Point } from '../../raster/types.ts'
import { march, opposite } from '../fit/march.ts'
import type { Person } from '../person/analyse.ts'
import { armHalfWidth, armLength, pointAlongArm } from '../person/arm.ts'
import { direction } from '../person/body-frame.ts'
import type { Arm } from '../person/pose.ts'

export type ArmMasks = {
  /** Bare skin near the arm bones: arms and hands that must stay in front of the torso. */
  in_front: Plane
  /** Where a bare arm would be if the old sleeve were not there. */
  capsule: Plane
  /** 0 on the arm's axis, 1 at its edge; only meaningful inside the capsule. */
  roundness: Plane
  /** Share of the arm's length from shoulder (0) to wrist (1), 2 on the hand, -1 away from the arms. */
  along: Plane
}

/** Pixels farther than this many units from the bones do not belong to the arm. */
const reachUnits = 0.19

export function armMasks(person: Person): ArmMasks {
  const { width, height } = person.image
  const out = {
    in_front: newPlane(width, height),
    capsule: newPlane(width, height),
    roundness: newPlane(width, height),
    along: newPlane(width, height, -1),
  }
  for (const arm of [person.pose.left, person.pose.right]) drawArm(person, arm, out)
  return out
}

type Segment = { from: Point; to: Point; part: 'upper' | 'fore' | 'hand' }

function drawArm(person: Person, arm: Arm, out: ArmMasks): void {
  const { width, height } = person.image
  const { unit } = person.frame
  const build = measureArm(person, arm)
  const segments = segmentsOf(arm, build.offset)
  const radius = reachUnits * unit
  const points = segments.flatMap((segment) => [segment.from, segment.to])
  const left = clamp(Math.floor(Math.min(...points.map((p) => p.x)) - radius), 0, width)
  const right = clamp(Math.ceil(Math.max(...points.map((p) => p.x)) + radius), 0, width)
  const top = clamp(Math.floor(Math.min(...points.map((p) => p.y)) - radius), 0, height)
  const bottom = clamp(Math.ceil(Math.max(...points.map((p) => p.y)) + radius), 0, height)
  const upper = distance(arm.shoulder, arm.elbow)
  const fore = distance(arm.elbow, arm.wrist)
  const hit = { away: 0, along: 0, part: 'upper' as Segment['part'] }
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      nearest(segments, x, y, hit)
      if (hit.away > radius) continue
      const i = y * width + x
      const near = 1 - smoothstep(radius * 0.75, radius, hit.away)
      const share = hit.part === 'upper' ? smoothstep(0.18, 0.42, hit.along) : 1
      out.in_front.data[i] = Math.max(
        out.in_front.data[i] ?? 0,
        (person.parse.skin.data[i] ?? 0) * near * share,
      )
      const shareOfArm =
        hit.part === 'hand'
          ? 2
          : (hit.part === 'upper' ? hit.along * upper : upper + hit.along * fore) / (upper + fore)
      out.along.data[i] = shareOfArm
      if (hit.part === 'hand' && hit.along >= 0.45) continue
      const along =
        hit.part === 'upper'
          ? hit.along * upper
          : hit.part === 'fore'
            ? upper + hit.along * fore
            : upper + fore
      const half = armHalfWidth(arm, unit, along) * build.width * (hit.part === 'hand' ? 1.02 : 1)
      const inside = 1 - smoothstep(half - 1.2, half + 1.2, hit.away)
      if (inside <= (out.capsule.data[i] ?? 0)) continue
      out.capsule.data[i] = inside
      out.roundness.data[i] = clamp(hit.away / half, 0, 1)
    }
  }
}

/** The person's arm against the typical one, from stretches of bare skin: width factor .75–1.55, sideways offset in pixels. */
function measureArm(person: Person, arm: Arm): { width: number; offset: number } {
  const { frame, parse, luma } = person
  const length = armLength(arm)
  const isSkin = (i: number): boolean => (parse.skin.data[i] ?? 0) > 0.5
  const reach = 0.16 * frame.unit
  const found: { width: number; offset: number }[] = []
  for (let share = 0.25; share < 0.95 && found.length < 4; share += 0.04) {
    const along = share * length
    const at = pointAlongArm(arm, along)
    const axis =
      along <= distance(arm.shoulder, arm.elbow)
        ? direction(arm.shoulder, arm.elbow)
        : direction(arm.elbow, arm.wrist)
    const normal = { x: -axis.y, y: axis.x }
    const a = march(isSkin, luma, { from: at, direction: normal, reach })
    const b = march(isSkin, luma, { from: at, direction: opposite(normal), reach })
    if (a + b < 2 || a >= 0.15 * frame.unit || b >= 0.15 * frame.unit) continue
    found.push({ width: (a + b) / 2 / armHalfWidth(arm, frame.unit, along), offset: (a - b) / 2 })
  }
  if (found.length < 2) return { width: 1, offset: 0 }
  const mean = (pick: (f: { width: number; offset: number }) => number): number =>
    found.reduce((sum, f) => sum + pick(f), 0) / found.length
  const limit = 0.05 * frame.unit
  return {
    width: clamp(
      mean((f) => f.width),
      0.75,
      1.55,
    ),
    offset: clamp(
      mean((f) => f.offset),
      -limit,
      limit,
    ),
  }
}

function segmentsOf(arm: Arm, offset: number): Segment[] {
  const shift = (point: Point, axis: Point, by: number): Point => ({
    x: point.x - axis.y * offset * by,
    y: point.y + axis.x * offset * by,
  })
  const upper = direction(arm.shoulder, arm.elbow)
  const fore = direction(arm.elbow, arm.wrist)
  const tip = {
    x: arm.wrist.x + (arm.finger.x - arm.wrist.x) * 1.5,
    y: arm.wrist.y + (arm.finger.y - arm.wrist.y) * 1.5,
  }
  const wrist = shift(arm.wrist, fore, 0.5)
  return [
    { from: shift(arm.shoulder, upper, 0.3), to: shift(arm.elbow, upper, 1), part: 'upper' },
    { from: shift(arm.elbow, fore, 1), to: wrist, part: 'fore' },
    { from: wrist, to: tip, part: 'hand' },
  ]
}

function nearest(
  segments: Segment[],
  x: number,
  y: number,
  out: { away: number; along: number; part: Segment['part'] },
): void {
  out.away = Number.POSITIVE_INFINITY
  for (const { from, to, part } of segments) {
    const dx = to.x - from.x
    const dy = to.y - from.y
    const along = clamp(((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1), 0, 1)
    const ex = x - from.x - dx * along
    const ey = y - from.y - dy * along
    const away = Math.sqrt(ex * ex + ey * ey)
    if (away >= out.away) continue
    out.away = away
    out.along = along
    out.part = part
  }
}
