import { clamp, distance, lerp, mixPoints } from '../../raster/math.ts'
import { resamplePolyline } from '../../raster/polygon.ts'
import type { Point } from '../../raster/types.ts'
import type { SleeveOutline, TopOutline } from '../garment-cut.ts'
import type { Person } from '../person/analyse.ts'
import { armLength } from '../person/arm.ts'
import { type BodyFrame, depthBelow, moved } from '../person/body-frame.ts'
import type { Arm } from '../person/pose.ts'
import { firstOf, lastOf, middleOf, shoulderSpan } from './fabric.ts'
import { march, opposite } from './march.ts'
import { findOldHem } from './old-hem.ts'
import { sideEdge } from './side-edge.ts'

export type Side = -1 | 1

/** Where one half of the garment goes on the person. */
export type SideFit = {
  side: Side
  arm: Arm
  hip: Point
  /** Where the shoulder line meets the neckline. */
  neck: Point
  /** From the neck point (not included) to the shoulder tip, on the person's contour. */
  shoulder_line: Point[]
  /** The sleeve's seam on top of the shoulder: the last point of the shoulder line. */
  tip: Point
  armpit: Point
  /** From the armpit down to the hem, evenly spaced. */
  edge: Point[]
}

export type BodyFit = {
  left: SideFit
  right: SideFit
  /** Person pixels per fabric pixel, from the shoulders. */
  scale: number
  tip_middle: Point
  /** Distances below `tip_middle` in pixels. */
  length: number
  to_hip: number
  old_hem: number | null
  /** The neck edge from left to right. */
  neckline: Point[]
  /** How far down the arm the sleeves reach: 0 for none, 1 to the wrist. */
  cuff_share: number
}

/** Body without head: what a shoulder line rests on. */
function isBody(person: Person): (i: number) => boolean {
  const { clothes, skin, other } = person.parse
  return (i) => (clothes.data[i] ?? 0) + (skin.data[i] ?? 0) + (other.data[i] ?? 0) * 0.7 > 0.5
}

/** Width between the person's shoulder tips in pixels: what the garment's shoulders are scaled to. */
export function tipsOf(person: Person): { left: Point; right: Point } {
  return { left: shoulderTip(person, -1), right: shoulderTip(person, 1) }
}

/** Places the outline's landmarks on the person. */
export function fitToBody(person: Person, outline: TopOutline): BodyFit {
  const { frame, pose } = person
  const tips = tipsOf(person)
  const tipMiddle = mixPoints(tips.left, tips.right, 0.5)
  const spanBody = distance(tips.left, tips.right)
  const scale = scaleOnBody(person, outline, spanBody)
  const reach = Math.min(1, (shoulderSpan(outline) * scale) / spanBody)
  const toHip = depthBelow(frame, tipMiddle, frame.hip_middle)
  const oldHem = findOldHem(person, tipMiddle, toHip)
  const length = lengthOnBody(outline, { scale, toHip, oldHem, torso: frame.torso_length })
  const draft = { tip_middle: tipMiddle, scale, to_hip: toHip, length }
  const half = (side: Side): SideFit => {
    const arm = side < 0 ? pose.left : pose.right
    const hip = side < 0 ? pose.hip_left : pose.hip_right
    const neck = neckTarget(person, outline, { side, tipMiddle, spanBody, scale })
    const end = mixPoints(tipMiddle, side < 0 ? tips.left : tips.right, reach)
    const shoulderLine = shoulderTarget(person, neck, end)
    const edge = sideEdge(person, outline, { side, arm, hip, ...draft })
    return {
      side,
      arm,
      hip,
      neck,
      shoulder_line: shoulderLine,
      tip: lastOf(shoulderLine),
      armpit: firstOf(edge),
      edge,
    }
  }
  const [left, right] = [half(-1), half(1)]
  return {
    ...draft,
    left,
    right,
    old_hem: oldHem,
    neckline: necklineTarget(outline, { left: left.neck, right: right.neck, scale }, frame),
    cuff_share:
      outline.sleeve_left === null
        ? 0
        : cuffAlongArm(person, scale, left.arm, outline.sleeve_left) / armLength(left.arm),
  }
}

/**
 * Person pixels per pixel of the cut. Sleeves are sewn on at the shoulder tips, so these give the scale; straps of
 * sleeveless tops end somewhere inside them, so there the chest does (cloth lies .9 of its flat width across it).
 */
export function scaleOnBody(person: Person, outline: TopOutline, spanBody: number): number {
  const span = shoulderSpan(outline) || 1
  if (outline.sleeve_left !== null) return spanBody / span
  const chest = distance(firstOf(outline.side_left), firstOf(outline.side_right)) || 1
  const byChest = (person.frame.shoulder_width * 1.02) / (chest * 0.9)
  return clamp(byChest, (0.6 * spanBody) / span, spanBody / span)
}

/** Points of the neck edge, on the cut and on the person. */
export const necklinePoints = 9

/** The garment's own neck curve hung between the neck points. */
function necklineTarget(
  outline: TopOutline,
  neck: { left: Point; right: Point; scale: number },
  frame: BodyFrame,
): Point[] {
  const source = resamplePolyline(outline.neckline, necklinePoints)
  const first = firstOf(source)
  const last = lastOf(source)
  return source.map((point) => {
    const share = (point.x - first.x) / (last.x - first.x || 1)
    const drop = (point.y - lerp(first.y, last.y, share)) * neck.scale
    return moved(frame, mixPoints(neck.left, neck.right, share), 0, drop)
  })
}

/** The first cross-section of a sleeve lies this many units from the shoulder joint. */
export const sleeveStartUnits = 0.04

/** How far down the arm the cuff lies, in pixels. Sleeves that reach the forearm's last third are long ones. */
export function cuffAlongArm(person: Person, scale: number, arm: Arm, sleeve: SleeveOutline): number {
  const from = mixPoints(firstOf(sleeve.outer), firstOf(sleeve.inner), 0.5)
  const to = mixPoints(lastOf(sleeve.outer), lastOf(sleeve.inner), 0.5)
  const own = distance(from, to) * scale
  const whole = armLength(arm)
  return own > 0.8 * whole ? whole * 0.99 : own + sleeveStartUnits * person.frame.unit
}

/** From the joint up and outwards to the contour, at most .17 units away. */
function shoulderTip(person: Person, side: Side): Point {
  const { frame, pose } = person
  const joint = (side < 0 ? pose.left : pose.right).shoulder
  const direction = {
    x: frame.across.x * side * 0.55 - frame.down.x * 0.83,
    y: frame.across.y * side * 0.55 - frame.down.y * 0.83,
  }
  const found = march(isBody(person), person.luma, { from: joint, direction, reach: 0.35 * frame.unit })
  const out = clamp(found, 0.06 * frame.unit, 0.17 * frame.unit)
  return { x: joint.x + direction.x * out, y: joint.y + direction.y * out }
}

type NeckSearch = { side: Side; tipMiddle: Point; spanBody: number; scale: number }

/** The garment's own share of neck to shoulder width, but never inside the person's neck. */
function neckTarget(person: Person, outline: TopOutline, search: NeckSearch): Point {
  const { frame } = person
  const { side, tipMiddle, spanBody, scale } = search
  const neckSpan = distance(firstOf(outline.neckline), lastOf(outline.neckline))
  const share = clamp((neckSpan * scale) / spanBody, 0.25, 0.9)
  const half = Math.max((share * spanBody) / 2, neckHalfWidth(person, tipMiddle) * 1.08)
  const base = moved(frame, tipMiddle, side * half, 0)
  const tipsY = (lastOf(outline.shoulder_left).y + lastOf(outline.shoulder_right).y) / 2
  const slope = (tipsY - middleOf(outline.neckline).y) * scale
  const rise = clamp(slope, 0.02 * frame.unit, 0.2 * frame.unit)
  const up = march(isBody(person), person.luma, {
    from: base,
    direction: opposite(frame.down),
    reach: 0.25 * frame.unit,
  })
  const height = up > 0.23 * frame.unit ? rise : lerp(rise, up, 0.7)
  return moved(frame, base, 0, -height)
}

/** Half the width of the narrowest row of the neck, between .1 and .3 units. */
function neckHalfWidth(person: Person, tipMiddle: Point): number {
  const { frame, parse } = person
  const inside = (i: number): boolean => (parse.background.data[i] ?? 0) + (parse.hair.data[i] ?? 0) < 0.5
  let narrowest = Number.POSITIVE_INFINITY
  for (let up = 0.12; up < 0.42; up += 0.02) {
    const from = moved(frame, tipMiddle, 0, -up * frame.unit)
    const reach = 0.6 * frame.unit
    const right = march(inside, person.luma, { from, direction: frame.across, reach })
    const left = march(inside, person.luma, { from, direction: opposite(frame.across), reach })
    if (left > 0 && right > 0) narrowest = Math.min(narrowest, (left + right) / 2)
  }
  return Number.isFinite(narrowest) ? clamp(narrowest, 0.1 * frame.unit, 0.3 * frame.unit) : 0.2 * frame.unit
}

const shoulderPoints = 6

/** The line from neck to tip, lifted or lowered to the person's contour (cloth rests on the body). */
function shoulderTarget(person: Person, neck: Point, tip: Point): Point[] {
  const { frame } = person
  const start = 0.06 * frame.unit
  return Array.from({ length: shoulderPoints }, (_, k) => {
    const share = (k + 1) / shoulderPoints
    const straight = mixPoints(neck, tip, share)
    const from = moved(frame, straight, 0, start)
    const found = march(isBody(person), person.luma, {
      from,
      direction: opposite(frame.down),
      reach: 0.22 * frame.unit,
    })
    // Nothing under the point (long hair, a gap): the straight line is the best guess.
    const lift = found === 0 ? 0 : clamp(found + 1.5 - start, -0.04 * frame.unit, 0.08 * frame.unit)
    return moved(frame, straight, 0, -lift)
  })
}

type LengthFacts = { scale: number; toHip: number; oldHem: number | null; torso: number }

/**
 * Length below the shoulder tips. Mostly from the garment's proportion (length to chest), since the flat picture's
 * scale says little about tall or short people; stretched to the old hem when that is a little lower.
 */
function lengthOnBody(outline: TopOutline, facts: LengthFacts): number {
  const tipsY = (lastOf(outline.shoulder_left).y + lastOf(outline.shoulder_right).y) / 2
  const own = middleOf(outline.hem).y - tipsY
  const chest = distance(firstOf(outline.side_left), firstOf(outline.side_right)) || 1
  const byShape = facts.toHip * clamp(0.74 + 0.26 * (own / chest), 0.8, 1.28)
  const length = clamp(own * facts.scale * 0.15 + byShape * 0.85, facts.toHip * 0.8, facts.toHip * 1.3)
  const { oldHem } = facts
  if (oldHem === null) return length
  const isClose = length < oldHem + 0.02 * facts.torso && oldHem < length + 0.24 * facts.toHip
  return isClose ? oldHem + 0.03 * facts.torso : length
}
