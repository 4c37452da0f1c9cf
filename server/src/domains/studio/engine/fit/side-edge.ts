import { clamp, distance, lerp, mixPoints } from '../../raster/math.ts'
import { resamplePolyline } from '../../raster/polygon.ts'
import type { Point } from '../../raster/types.ts'
import type { TopOutline } from '../garment-cut.ts'
import type { Person } from '../person/analyse.ts'
import { depthBelow, moved } from '../person/body-frame.ts'
import type { Arm } from '../person/pose.ts'

export const edgePoints = 9

type EdgeSearch = {
  side: -1 | 1
  arm: Arm
  hip: Point
  tip_middle: Point
  scale: number
  to_hip: number
  length: number
}

/**
 * The side of the torso from armpit to hem: the run of clothes, held within what the shoulder and the hip allow so
 * that an arm lying against the body does not count, and let out where the garment is cut wider.
 */
export function sideEdge(person: Person, outline: TopOutline, search: EdgeSearch): Point[] {
  const { frame } = person
  const start = depthBelow(frame, search.tip_middle, armpitGuess(person, search))
  const rows = Array.from({ length: edgePoints }, (_, k) => {
    const depth = lerp(start, search.length, k / (edgePoints - 1))
    const half = Math.min(halfWidth(person, search, depth), armholeLimit(person, outline, search, k))
    return { centre: moved(frame, search.tip_middle, 0, depth), half }
  })
  const eased = rows.map(({ half }, k) =>
    Math.min(Math.max(half, easeOf(outline, search, k, half)), armholeLimit(person, outline, search, k)),
  )
  return rows.map(({ centre }, k) => {
    const before = eased[Math.max(0, k - 1)] ?? 0
    const here = eased[k] ?? 0
    const after = eased[Math.min(edgePoints - 1, k + 1)] ?? 0
    // Smoothed, but never pulled in by more than two pixels: old cloth must not stick out.
    const smooth = Math.max((before + 2 * here + after) / 4, Math.min(here, (before + after) / 2 + 2))
    return moved(frame, centre, search.side * smooth, 0)
  })
}

/** Without a sleeve the armhole's lower end stays on the chest: a corner would stick out over the bare arm. */
function armholeLimit(person: Person, outline: TopOutline, search: EdgeSearch, k: number): number {
  if (outline.sleeve_left !== null || k > 1) return Number.POSITIVE_INFINITY
  const shoulder = Math.abs(acrossFrom(person, person.frame.shoulder_middle, search.arm.shoulder))
  return shoulder * (k === 0 ? 0.9 : 0.97)
}

function armpitGuess(person: Person, search: EdgeSearch): Point {
  return moved(person.frame, search.arm.shoulder, 0, 0.27 * person.frame.torso_length)
}

/** Half the flat garment's width at this level, .86 of it since cloth wraps round; at most 14 % over the body. */
function easeOf(outline: TopOutline, search: EdgeSearch, k: number, half: number): number {
  const left = resamplePolyline(outline.side_left, edgePoints)[k]
  const right = resamplePolyline(outline.side_right, edgePoints)[k]
  if (left === undefined || right === undefined) return 0
  return Math.min((distance(left, right) / 2) * search.scale * 0.86, half * 1.14)
}

function halfWidth(person: Person, search: EdgeSearch, depth: number): number {
  const { frame, image, parse } = person
  const expected = expectedHalf(person, search, depth)
  const widest = expected * 1.55
  const centre = moved(frame, search.tip_middle, 0, depth)
  let last: number | null = null
  for (let s = expected * 0.35; s < widest; s++) {
    const at = moved(frame, centre, search.side * s, 0)
    const x = Math.round(at.x)
    const y = Math.round(at.y)
    const inside = x >= 0 && y >= 0 && x < image.width && y < image.height
    if (inside && (parse.clothes.data[y * image.width + x] ?? 0) > 0.5) last = s
    else if (last !== null && s - last > 3) break
    else if (last === null && s > expected * 1.1) break
  }
  if (last === null) return expected
  const cap = armLimit(person, search, { depth, centre, expected })
  return clamp(last + 1.5, expected * 0.78, Math.min(widest, Math.max(cap, expected * 0.9)))
}

/** Between 1.02 of the shoulder joint's and 1.52 of the hip joint's distance from the middle. */
function expectedHalf(person: Person, search: EdgeSearch, depth: number): number {
  const { frame } = person
  const share = clamp(depth / (search.to_hip || 1), 0, 1.4)
  const shoulder = Math.abs(acrossFrom(person, frame.shoulder_middle, search.arm.shoulder))
  const hip = Math.abs(acrossFrom(person, frame.hip_middle, search.hip))
  const half = lerp(shoulder * 1.02, hip * 1.52, Math.min(1, share))
  return half * (share > 1 ? 1 + 0.1 * (share - 1) : 1)
}

type Level = { depth: number; centre: Point; expected: number }

/** A long sleeve lying against the body: the edge stays .13 units inside the arm's axis. */
function armLimit(person: Person, search: EdgeSearch, level: Level): number {
  const { frame } = person
  const { shoulder, elbow, wrist } = search.arm
  const crossing = (a: Point, b: Point): number | null => {
    const from = depthBelow(frame, search.tip_middle, a)
    const to = depthBelow(frame, search.tip_middle, b)
    if ((level.depth - from) * (level.depth - to) > 0) return null
    const at = mixPoints(a, b, (level.depth - from) / (to - from || 1))
    return acrossFrom(person, level.centre, at) * search.side
  }
  const arm = crossing(shoulder, elbow) ?? crossing(elbow, wrist)
  if (arm === null || arm <= level.expected * 0.6) return Number.POSITIVE_INFINITY
  return Math.max(level.expected * 0.92, arm - 0.13 * frame.unit)
}

function acrossFrom(person: Person, from: Point, point: Point): number {
  const { across } = person.frame
  return (point.x - from.x) * across.x + (point.y - from.y) * across.y
}
