import { clamp } from '../../raster/math.ts'
import type { Point } from '../../raster/types.ts'
import { type Contour, endOf, type Side, topAt } from './contour.ts'

/** Corners of a top found on its silhouette. Sides are sides of the picture. */
export type Corners = {
  neck_left: Point
  neck_right: Point
  shoulder_left: Point
  shoulder_right: Point
  armpit_left: Point
  armpit_right: Point
  /** Row just above the lower edge, and the run's ends there. */
  hem_row: number
  hem_left: Point
  hem_right: Point
  has_sleeves: boolean
  /** Where a sleeve that lies against the body leaves it, below the armpit; null when it leaves at the armpit. */
  leaves_left: Point | null
  leaves_right: Point | null
}

/** @returns null when the silhouette has no body below a chest (then it is not a top) */
export function findCorners(contour: Contour): Corners | null {
  const height = contour.bottom - contour.top
  const hemRow = Math.round(hemRowOf(contour) - 0.004 * height)
  const hem = contour.runAt(hemRow)
  if (hem === null) return null
  const left = traceArmpit(contour, -1, hemRow)
  const right = traceArmpit(contour, 1, hemRow)
  const hasSleeves = left !== null && right !== null
  const armpits = hasSleeves ? levelled(contour, left, right) : chestEnds(contour)
  if (armpits === null) return null
  const half = (armpits.right.x - armpits.left.x) / 2
  const raised = hasSleeves
    ? raisedArmpits(contour, armpits)
    : { ...armpits, leaves_left: null, leaves_right: null }
  const neckLeft = neckPoint(contour, -1, half)
  const neckRight = neckPoint(contour, 1, half)
  return {
    neck_left: neckLeft,
    neck_right: neckRight,
    shoulder_left: shoulderTip(contour, { side: -1, neck: neckLeft, armpit: armpits.left, hasSleeves }),
    shoulder_right: shoulderTip(contour, { side: 1, neck: neckRight, armpit: armpits.right, hasSleeves }),
    armpit_left: raised.left,
    armpit_right: raised.right,
    leaves_left: raised.leaves_left,
    leaves_right: raised.leaves_right,
    hem_row: hemRow,
    hem_left: { x: hem.left, y: hemRow },
    hem_right: { x: hem.right, y: hemRow },
    has_sleeves: hasSleeves,
  }
}

/** Last row whose central run is wider than .93 of the body: below it a curved hem only narrows. */
function hemRowOf(contour: Contour): number {
  const stop = contour.top + (contour.bottom - contour.top) * 0.4
  for (let y = contour.bottom; y > stop; y--) {
    const run = contour.runAt(y)
    if (run !== null && run.right - run.left > 0.93 * contour.body_width) return y
  }
  return contour.bottom
}

/**
 * Goes up the body's edge: the armpit is where it jumps outwards into the sleeve, or, when sleeve and body touch
 * all the way, the deepest concavity between the sleeve's tip and the hem. null: no sleeve on this side.
 */
function traceArmpit(contour: Contour, side: Side, hemRow: number): Point | null {
  const height = contour.bottom - contour.top
  let previous: number | null = null
  for (let y = hemRow - 3; y > contour.top + height * 0.04; y--) {
    const run = contour.runAt(y)
    if (run === null) break
    const edge = endOf(run, side)
    // Low down a ribbed hem may bulge; a sleeve is wider than that.
    const least = (y > contour.top + height * 0.72 ? 0.1 : 0.05) * contour.body_width
    if (previous !== null && (edge - previous) * side > least) return { x: previous, y: y + 1 }
    previous = edge
  }
  return concavity(contour, side, hemRow)
}

function concavity(contour: Contour, side: Side, hemRow: number): Point | null {
  const height = contour.bottom - contour.top
  const profile: Point[] = []
  for (let y = Math.round(contour.top + height * 0.03); y < hemRow; y++) {
    const run = contour.runAt(y)
    if (run !== null) profile.push({ x: endOf(run, side), y })
  }
  const upper = profile.filter((point) => point.y < contour.top + height * 0.8)
  const first = upper[0]
  const hem = contour.runAt(hemRow)
  if (first === undefined || hem === null) return null
  const tip = upper.reduce((a, b) => ((b.x - a.x) * side > 0 ? b : a), first)
  if ((tip.x - contour.axis) * side <= 0.56 * contour.body_width) return null
  let best: Point | null = null
  let deepest = 0
  for (const point of profile) {
    if (point.y <= tip.y) continue
    const line = tip.x + (endOf(hem, side) - tip.x) * ((point.y - tip.y) / (hemRow - tip.y || 1))
    const depth = (line - point.x) * side
    if (depth > deepest) {
      deepest = depth
      best = point
    }
  }
  return best
}

type Ends = { left: Point; right: Point }

/** Armpits lie at nearly the same height; when they do not, one was missed and both take the better height. */
function levelled(contour: Contour, left: Point, right: Point): Ends {
  const height = contour.bottom - contour.top
  if (Math.abs(left.y - right.y) <= 0.12 * height) return { left, right }
  const higher = Math.min(left.y, right.y)
  const y = higher < contour.top + 0.12 * height ? Math.max(left.y, right.y) : (left.y + right.y) / 2
  return { left: { x: left.x, y }, right: { x: right.x, y } }
}

type Raised = Ends & { leaves_left: Point | null; leaves_right: Point | null }

/**
 * Long sleeves laid against the body leave it far below the armpit. An armhole is about half as deep as the chest is
 * wide; what was found much lower is where the sleeve leaves the body, and the armpit is put above it.
 */
function raisedArmpits(contour: Contour, found: Ends): Raised {
  const shoulder = (armpit: Point): number => {
    const x = contour.axis + (armpit.x - contour.axis) * 0.93
    return topAt(contour, x) ?? contour.top
  }
  const depth = Math.max(found.left.y - shoulder(found.left), found.right.y - shoulder(found.right))
  if (depth < 0.68 * contour.body_width) return { ...found, leaves_left: null, leaves_right: null }
  const raise = (armpit: Point): Point => ({ x: armpit.x, y: shoulder(armpit) + 0.5 * contour.body_width })
  return {
    left: raise(found.left),
    right: raise(found.right),
    leaves_left: found.left,
    leaves_right: found.right,
  }
}

/** Without sleeves: the first row that is 95.5 % as wide as the widest between 15 % and 50 % of the height. */
function chestEnds(contour: Contour): Ends | null {
  const height = contour.bottom - contour.top
  const widthAt = (y: number): number => {
    const run = contour.runAt(y)
    return run === null ? 0 : run.right - run.left
  }
  let widest = 0
  for (let y = Math.round(contour.top + height * 0.15); y < contour.top + height * 0.5; y++) {
    widest = Math.max(widest, widthAt(y))
  }
  for (let y = Math.round(contour.top + height * 0.1); y < contour.top + height * 0.5; y++) {
    const run = contour.runAt(y)
    if (run !== null && widthAt(y) > widest * 0.955)
      return { left: { x: run.left, y }, right: { x: run.right, y } }
  }
  return null
}

/** The highest point of one half, preferring .38 of the half chest when the top is level there. */
function neckPoint(contour: Contour, side: Side, half: number): Point {
  const shares = Array.from({ length: 80 }, (_, k) => 0.05 + k * 0.01)
  const points = shares.flatMap((share) => {
    const x = contour.axis + side * half * share
    const y = topAt(contour, x)
    return y === null ? [] : [{ x, y, off: Math.abs(share - 0.38) }]
  })
  const highest = Math.min(...points.map((point) => point.y))
  const level = highest + 0.012 * (contour.bottom - contour.top)
  const best = points.filter((point) => point.y <= level).sort((a, b) => a.off - b.off)[0]
  return best === undefined
    ? { x: contour.axis + side * half * 0.35, y: contour.top }
    : { x: best.x, y: best.y }
}

type ShoulderSearch = { side: Side; neck: Point; armpit: Point; hasSleeves: boolean }

function shoulderTip(contour: Contour, search: ShoulderSearch): Point {
  const { side, neck, armpit, hasSleeves } = search
  if (hasSleeves) {
    // The seam usually stands a little inside the armpit.
    const x = contour.axis + (armpit.x - contour.axis) * 0.93
    return { x, y: topAt(contour, x) ?? neck.y + 0.05 * (contour.bottom - contour.top) }
  }
  // The strap's outer end: the outermost column whose top is still in the upper 45 % above the armpit.
  let tip = neck
  const limit = neck.y + (armpit.y - neck.y) * 0.45
  const steps = Math.floor(Math.abs(armpit.x - neck.x))
  for (let k = 0; k <= steps; k++) {
    const x = clamp(neck.x + side * k, contour.left, contour.right)
    const y = topAt(contour, x)
    if (y !== null && y < limit) tip = { x, y }
  }
  return tip
}
